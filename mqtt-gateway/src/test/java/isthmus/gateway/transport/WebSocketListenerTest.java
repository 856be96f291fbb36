package isthmus.gateway.transport;

import static isthmus.gateway.transport.TestTransport.CONNACK;
import static isthmus.gateway.transport.TestTransport.CONNECT;
import static isthmus.gateway.transport.TestTransport.PINGREQ;
import static isthmus.gateway.transport.TestTransport.PINGRESP;
import static isthmus.gateway.transport.TestTransport.connect;
import static isthmus.gateway.transport.TestTransport.receiveText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import isthmus.gateway.codec.Packet;
import isthmus.gateway.codec.ProtocolViolation;
import isthmus.gateway.harness.Normative;
import isthmus.gateway.limits.SharedBytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("integration")
@Timeout(60)
class WebSocketListenerTest {
    private static final String UPGRADE =
            "GET /mqtt HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n";

    @Test
    @Normative("MQTT-6.0.0-2")
    void packetsArePackedIntoFramesAndSplitOverThem() throws Exception {
        try (TestTransport server = new TestTransport()) {
            Frames frames = new Frames();
            WebSocket socket = open(server, HttpClient.newHttpClient(), frames, "mqtt");

            binary(socket, CONNECT.substring(0, 6), true);
            binary(socket, CONNECT.substring(6) + PINGREQ + PINGREQ.substring(0, 2), false);
            binary(socket, PINGREQ.substring(2), true);

            await().untilAsserted(() -> assertThat(frames.hex()).isEqualTo(CONNACK + PINGRESP + PINGRESP));
            assertThat(server.seen.packets()).hasSize(3);
            assertThat(socket.getSubprotocol()).isEqualTo("mqtt");
            socket.abort();
        }
    }

    @Test
    void aLargeMessageComesBackWhole() throws Exception {
        try (TestTransport server = new TestTransport()) {
            Frames frames = new Frames();
            WebSocket socket = open(server, HttpClient.newHttpClient(), frames, "mqtt");
            String publish = "30838006" + "000161" + "5a".repeat(98_304);

            binary(socket, CONNECT, true);
            binary(socket, publish, true);

            await().untilAsserted(() -> assertThat(frames.hex()).isEqualTo(CONNACK + publish));
            socket.abort();
        }
    }

    @Test
    void webSocketOverTlsWorksAndTheClientsAddressIsSeen(@TempDir Path directory) throws Exception {
        TestCertificates certificates = new TestCertificates(directory);
        try (TestTransport server = new TestTransport(certificates.serverOptions(null))) {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(certificates.clientContext(false))
                    .build();
            Frames frames = new Frames();
            int port = server.open(Listener.Kind.WSS).getPort();
            WebSocket socket = client.newWebSocketBuilder()
                    .subprotocols("mqtt")
                    .buildAsync(URI.create("wss://localhost:" + port + "/mqtt"), frames)
                    .join();

            binary(socket, CONNECT, true);

            await().untilAsserted(() -> assertThat(frames.hex()).isEqualTo(CONNACK));
            assertThat(server.seen.peers()).singleElement().satisfies(peer -> assertThat(
                            ((InetSocketAddress) peer).getAddress().isLoopbackAddress())
                    .isTrue());
            socket.abort();
        }
    }

    @ParameterizedTest
    @CsvSource({"mqtt,", "mqttv3.1,", "mqttv3.1,mqtt", "other,mqtt"})
    @Normative("MQTT-6.0.0-4")
    void ofTheSubprotocolsThatAreOfferedMqttIsPreferred(String first, String second) throws Exception {
        try (TestTransport server = new TestTransport()) {
            WebSocket socket = second == null
                    ? open(server, HttpClient.newHttpClient(), new Frames(), first)
                    : open(server, HttpClient.newHttpClient(), new Frames(), first, second);

            assertThat(socket.getSubprotocol()).isEqualTo(second == null ? first : second);
            socket.abort();
        }
    }

    @Test
    void aClientThatOffersNoMqttIsRefused() throws Exception {
        try (TestTransport server = new TestTransport()) {
            assertThatThrownBy(() -> open(server, HttpClient.newHttpClient(), new Frames(), "stomp"))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(WebSocketHandshakeException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/, Upgrade: websocket, 404 Not Found, path /mqtt",
        "/mqtt/, Upgrade: websocket, 404 Not Found, path /mqtt",
        "/mqtt, X: y, 426 Upgrade Required, Open it with an MQTT client",
        "/mqtt?a=b, X: y, 426 Upgrade Required, not HTTP",
        "/mqtt, Upgrade: websocket, 426 Upgrade Required, version 13",
        "/mqtt, 'Upgrade: websocket\r\nSec-WebSocket-Version: 13', 400 Bad Request, Sec-WebSocket-Key",
        "/mqtt, 'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==', 400 Bad Request,"
                + " Sec-WebSocket-Protocol",
    })
    void aRequestThatIsNotInOrderIsAnsweredWithASentence(String path, String headers, String status, String sentence)
            throws Exception {
        String request = "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n" + headers + "\r\n\r\n";

        assertThat(answerTo(request.getBytes(StandardCharsets.US_ASCII)))
                .startsWith("HTTP/1.1 " + status + "\r\n")
                .contains(sentence);
    }

    @Test
    void aRequestThatIsTooLargeOrNoHttpIsAnswered() throws Exception {
        String large = "GET /mqtt HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";

        assertThat(answerTo(large.getBytes(StandardCharsets.US_ASCII))).startsWith("HTTP/1.1 431 ");
        assertThat(answerTo(ByteBufUtil.decodeHexDump(CONNECT + "0d0a0d0a"))).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void whoIsCutOffBeforeTheUpgradeHasDoneNothingWrong() throws Exception {
        try (TestTransport server = new TestTransport()) {
            try (Socket socket = connect(server.open(Listener.Kind.WS))) {
                socket.getOutputStream().write("GET /mqtt HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.setSoLinger(true, 0); // closes with RST
            }
            await().untilAsserted(() -> assertThat(server.seen.ended()).hasSize(1));
            assertThat(server.seen.errors()).singleElement().satisfies(error -> assertThat(error)
                    .isInstanceOf(IOException.class));
            assertThat(server.seen.failures()).isEmpty();
        }
    }

    @Test
    void whoLeavesInTheMiddleOfARequestHasOnlyLeft() throws Exception {
        String half = "POST /mqtt HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
        try (TestTransport server = new TestTransport()) {
            try (Socket socket = connect(server.open(Listener.Kind.WS))) {
                socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
            }
            await().untilAsserted(() -> assertThat(server.seen.ended()).hasSize(1));
            assertThat(server.seen.errors()).isEmpty();
            assertThat(server.seen.failures()).isEmpty();
        }
    }

    @Test
    void aBugInTheUpgradeIsNotTheClientsFault() {
        IllegalStateException bug = new IllegalStateException("ours");
        RecordingConnection.Seen seen = new RecordingConnection.Seen();
        new EmbeddedChannel(new WebSocketUpgrade("/mqtt", 1024, new SharedBytes(1024)), new RecordingConnection(seen))
                .pipeline()
                .fireExceptionCaught(bug);
        assertThat(seen.errors()).isEqualTo(List.of(bug));
        assertThat(seen.failures()).isEmpty();
    }

    @Test
    void whatComesBehindAViolationIsNoFurtherReasonToEnd() throws Exception {
        String noConnect = "8282" + "00000000" + "ff00";
        String text = "8184" + "00000000" + "74657874";
        String broken = "f180" + "00000000";
        try (TestTransport server = new TestTransport();
                Socket socket = connect(server.open(Listener.Kind.WS))) {
            byte[] frames = ByteBufUtil.decodeHexDump(noConnect + broken + text);
            socket.getOutputStream().write(join(UPGRADE.getBytes(StandardCharsets.US_ASCII), frames));

            await().untilAsserted(() -> assertThat(server.seen.ended()).hasSize(1));
            assertThat(server.seen.violations())
                    .extracting(ProtocolViolation::statement)
                    .containsExactly("MQTT-3.1.0-1");
            assertThat(server.seen.failures()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "WebSocket", "h2c, websocket", ",, websocket"})
    void aFrameThatComesInOnePieceWithTheRequestIsNotLost(String upgrade) throws Exception {
        byte[] request =
                UPGRADE.replace("Upgrade: websocket", "Upgrade: " + upgrade).getBytes(StandardCharsets.US_ASCII);
        byte[] maskedFrame = ByteBufUtil.decodeHexDump("828f" + "00000000" + CONNECT);
        try (TestTransport server = new TestTransport();
                Socket socket = connect(server.open(Listener.Kind.WS))) {
            socket.getOutputStream().write(join(request, maskedFrame));

            await().untilAsserted(() ->
                    assertThat(server.seen.packets()).singleElement().isInstanceOf(Packet.Connect.class));
        }
    }

    @Test
    @Normative("MQTT-6.0.0-1")
    void aTextFrameClosesTheWebSocketWithAReason() throws Exception {
        try (TestTransport server = new TestTransport()) {
            Frames frames = new Frames();
            WebSocket socket = open(server, HttpClient.newHttpClient(), frames, "mqtt");
            binary(socket, CONNECT, true);

            socket.sendText("hello", true).join();

            await().untilAsserted(() -> assertThat(frames.closed).isEqualTo("1003 MQTT needs binary frames, not text"));
            await().untilAsserted(() -> assertThat(server.seen.ended()).hasSize(1));
            assertThat(server.seen.packets()).hasSize(1);
            assertThat(server.seen.violations())
                    .extracting(ProtocolViolation::statement)
                    .containsExactly("MQTT-6.0.0-1");
        }
    }

    @Test
    void pingIsAnsweredAndCloseIsReturned() throws Exception {
        try (TestTransport server = new TestTransport()) {
            Frames frames = new Frames();
            WebSocket socket = open(server, HttpClient.newHttpClient(), frames, "mqtt");

            socket.sendPing(ByteBuffer.wrap(new byte[] {7})).join();
            await().untilAsserted(() -> assertThat(frames.pong).isEqualTo("07"));
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();

            await().untilAsserted(() -> assertThat(frames.closed).isEqualTo("1000 "));
            await().untilAsserted(() -> assertThat(server.seen.ended()).hasSize(1));
        }
    }

    @Test
    void aConnectionThatClosesSaysSoInWebSocketToo() throws Exception {
        try (TestTransport server = new TestTransport()) {
            Frames frames = new Frames();
            WebSocket socket = open(server, HttpClient.newHttpClient(), frames, "mqtt");

            binary(socket, CONNECT + "e000", true);

            await().untilAsserted(() -> assertThat(frames.closed).isEqualTo("1000 "));
            assertThat(server.seen.packets()).endsWith(new Packet.Disconnect());
        }
    }

    @Test
    void aFrameOverTheLimitClosesTheWebSocket() throws Exception {
        try (TestTransport server = new TestTransport()) {
            Frames frames = new Frames();
            WebSocket socket = open(server, HttpClient.newHttpClient(), frames, "mqtt");

            socket.sendBinary(ByteBuffer.allocate(400_000), true);

            await().untilAsserted(() -> assertThat(server.seen.ended()).hasSize(1));
            assertThat(server.seen.packets()).isEmpty();
            assertThat(server.seen.failures()).singleElement().satisfies(failure -> assertThat(failure)
                    .hasMessageStartingWith("a broken WebSocket frame: "));
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(first, second));
    }

    private static String answerTo(byte[] request) throws Exception {
        try (TestTransport server = new TestTransport();
                Socket socket = connect(server.open(Listener.Kind.WS))) {
            socket.getOutputStream().write(request);
            String answer = receiveText(socket);
            // What the peer is told is what the log says.
            await().untilAsserted(() -> assertThat(server.seen.failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(answer).contains(failure.sentence())));
            return answer;
        }
    }

    private static WebSocket open(
            TestTransport server, HttpClient client, Frames frames, String subprotocol, String... more)
            throws ListenerFailure {
        int port = server.open(Listener.Kind.WS).getPort();
        return client.newWebSocketBuilder()
                .subprotocols(subprotocol, more)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/mqtt"), frames)
                .join();
    }

    private static void binary(WebSocket socket, String hex, boolean last) {
        socket.sendBinary(ByteBuffer.wrap(ByteBufUtil.decodeHexDump(hex)), last).join();
    }

    /** What a client received. */
    private static final class Frames implements WebSocket.Listener {
        private final StringBuffer bytes = new StringBuffer();
        private volatile String closed = "";
        private volatile String pong = "";

        String hex() {
            return bytes.toString();
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] array = new byte[data.remaining()];
            data.get(array);
            bytes.append(ByteBufUtil.hexDump(array));
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
            byte[] array = new byte[data.remaining()];
            data.get(array);
            pong = ByteBufUtil.hexDump(array);
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed = status + " " + reason;
            return null;
        }
    }
}
