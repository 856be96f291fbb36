package isthmus.gateway.transport;

import static isthmus.gateway.transport.TestTransport.CONNACK;
import static isthmus.gateway.transport.TestTransport.CONNECT;
import static isthmus.gateway.transport.TestTransport.connect;
import static isthmus.gateway.transport.TestTransport.receive;
import static isthmus.gateway.transport.TestTransport.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import isthmus.gateway.codec.ProtocolViolation;
import isthmus.gateway.limits.AdmissionLimits;
import isthmus.gateway.limits.Limit;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that begin large packets and do not end them. */
@Timeout(60)
class UnfinishedPacketsTest {
    /** A PUBLISH of 200,004 bytes and its first bytes. */
    private static final String BEGINNING = "30c09a0c" + "000161";

    private static final int REST = 200_000 - 3;

    private static TestTransport server() {
        return new TestTransport(null, new AdmissionLimits(100, 0, 1000, 0, 100), 300_000);
    }

    @Test
    void theOneWhoseEndIsMissingTheLongestMakesRoomForTheNext() throws Exception {
        try (TestTransport server = server()) {
            InetSocketAddress address = server.open(Listener.Kind.TCP);
            try (Socket slow = connected(address);
                    Socket quick = connected(address)) {
                send(slow, BEGINNING);
                await().until(() -> server.unfinished.total() >= 200_000);
                send(quick, BEGINNING);
                assertThat(slow.getInputStream().read()).isEqualTo(-1);
                assertThat(server.seen.violations())
                        .extracting(ProtocolViolation::limit)
                        .containsExactly(Limit.INCOMING_BYTES);
                quick.getOutputStream().write(new byte[REST]);
                assertThat(receive(quick, BEGINNING)).isEqualTo(BEGINNING);
                await().until(() -> server.unfinished.total() == 0);
            }
        }
    }

    @Test
    void aWebSocketFrameThatHasNotEndedCountsAsWell() throws Exception {
        try (TestTransport server = server()) {
            InetSocketAddress address = server.open(Listener.Kind.WS);
            try (Socket slow = upgraded(address);
                    Socket next = upgraded(address)) {
                slow.getOutputStream().write(frame(200_000, 199_000));
                await().until(() -> server.unfinished.total() >= 199_000);
                next.getOutputStream().write(frame(200_000, 199_000));
                assertThat(slow.getInputStream().readAllBytes()).isNotNull();
                await().until(() -> server.seen.violations().size() == 1);
            }
            await().until(() -> server.unfinished.total() == 0);
        }
    }

    private static Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = connect(address);
        send(socket, CONNECT);
        assertThat(receive(socket, CONNACK)).isEqualTo(CONNACK);
        return socket;
    }

    private static Socket upgraded(InetSocketAddress address) throws IOException {
        Socket socket = connect(address);
        OutputStream out = socket.getOutputStream();
        out.write(("GET /mqtt HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "Sec-WebSocket-Protocol: mqtt\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) socket.getInputStream().read());
        }
        assertThat(answer.toString()).startsWith("HTTP/1.1 101");
        return socket;
    }

    /** The beginning of a binary frame with a mask of zeros. */
    private static byte[] frame(int length, int sent) {
        byte[] bytes = new byte[14 + sent];
        bytes[0] = (byte) 0x82;
        bytes[1] = (byte) (0x80 | 127);
        for (int i = 0; i < 4; i++) {
            bytes[9 - i] = (byte) (length >> 8 * i);
        }
        return bytes;
    }
}
