package isthmus.conformance;

import static isthmus.conformance.fixture.Packets.PINGREQ;
import static isthmus.conformance.fixture.Packets.PINGRESP;
import static isthmus.conformance.fixture.Packets.connAck;
import static isthmus.conformance.fixture.Packets.connect;
import static isthmus.conformance.fixture.Packets.packet;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.subAck;
import static isthmus.conformance.fixture.Packets.subscribe;
import static isthmus.conformance.fixture.Packets.text;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.RawClient;
import isthmus.conformance.fixture.RawWebSocket;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import isthmus.conformance.normative.Normative;
import java.net.URI;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients do wrong. Every test has a witness, another client that must not notice. */
@ExtendWith(SharedServer.class)
class BadClientTest {
    private static final String FULL = TestServer.ACCESS_KEY;
    private static final String PASSWORD = TestServer.password("GID_Raw");
    /** A payload that must not turn up in a log. */
    private static final String PAYLOAD = "a-payload-that-no-log-may-show";

    private final TestServer server;
    private final RawClient witness;
    private final int logged;

    BadClientTest(TestServer server) {
        this.server = server;
        this.witness = RawClient.tcp(server.tcp());
        this.logged = server.log().length();
    }

    @BeforeEach
    void aWitnessIsConnected() {
        witness.send(connect("GID_Raw@@@witness", FULL, PASSWORD));
        assertThat(witness.receivePacket()).isEqualTo(connAck(0));
    }

    @AfterEach
    void theWitnessHasNotNoticedAndTheLogKeepsSecrets() {
        assertThat(witness.send(PINGREQ).receivePacket()).isEqualTo(PINGRESP);
        witness.close();
        assertThat(server.log().substring(logged))
                .doesNotContain(TestServer.SECRET_KEY, TestServer.NARROW_SECRET_KEY, PASSWORD, PAYLOAD)
                .doesNotContain("\n\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "GID_NoSuchGroup@@@d, 2",
        "GID_Raw, 2",
        "GID_Raw@@@, 2",
        "@@@d, 2",
        "GID_Raw@@d, 2",
        "no-group-at-all, 2",
    })
    @Normative({"MQTT-3.1.3-9", "MQTT-3.2.2-4", "MQTT-3.2.2-5"})
    void aClientIdentifierWithoutAKnownGroupIsRefusedWithTwo(String clientId, int code) {
        assertRefused(connect(clientId, FULL, TestServer.password(clientId.split("@@@")[0])), code);
    }

    @Test
    void aWrongPasswordIsRefusedWithFour() {
        assertRefused(connect("GID_Raw@@@d", FULL, TestServer.password("GID_Paho")), 4);
    }

    @Test
    void anUnknownAccountIsRefusedWithFour() {
        assertRefused(connect("GID_Raw@@@d", "nobody", PASSWORD), 4);
    }

    @Test
    void anAccountThatMayNotUseTheGroupIsRefusedWithFive() {
        String password = TestServer.password("GID_Closed", TestServer.NARROW_SECRET_KEY);
        assertRefused(connect("GID_Closed@@@d", TestServer.NARROW_ACCESS_KEY, password), 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 0x84})
    void anotherProtocolLevelIsRefusedWithOne(int level) {
        String hex = "00044d515454" + HexFormat.of().toHexDigits((byte) level) + "c2003c";
        assertRefused(packet(0x10, hex + text("GID_Raw@@@d") + text(FULL) + text(PASSWORD)), 1);
    }

    @Test
    void anUnknownParentTopicIsRefusedInTheSubAckAndEndsTheConnectionOfAPublisher() {
        try (RawClient client = connected("GID_Raw@@@unknown-topic")) {
            assertThat(client.send(subscribe(1, "NoSuchTopic/a", 1)).receivePacket())
                    .isEqualTo(subAck(1, 0x80));
            assertThat(client.send(PINGREQ).receivePacket()).isEqualTo(PINGRESP);
            assertThat(client.send(publish("NoSuchTopic/a", 1, 2, PAYLOAD)).receiveToEnd())
                    .isEmpty();
        }
        server.awaitLog(
                "GID_Raw@@@unknown-topic", "may not subscribe to NoSuchTopic/a; parent topic", "does not exist");
        server.awaitLog("GID_Raw@@@unknown-topic", "publish to a parent topic that does not exist", "NoSuchTopic");
    }

    @Test
    @Normative({"MQTT-3.3.5-2", "MQTT-3.8.4-5"})
    void aTopicWithoutPermissionIsRefusedInTheSubAckAndEndsTheConnectionOfAPublisher() {
        String password = TestServer.password("GID_Open", TestServer.NARROW_SECRET_KEY);
        try (RawClient client = RawClient.tcp(server.tcp())) {
            client.send(connect("GID_Open@@@narrow", TestServer.NARROW_ACCESS_KEY, password));
            assertThat(client.receivePacket()).isEqualTo(connAck(0));
            assertThat(client.send(subscribe(1, "Open/a", 1)).receivePacket()).isEqualTo(subAck(1, 1));
            assertThat(client.send(subscribe(2, "Closed/a", 1)).receivePacket()).isEqualTo(subAck(2, 0x80));
            assertThat(client.send(publish("Closed/a", PAYLOAD)).receiveToEnd()).isEmpty();
        }
        server.awaitLog("GID_Open@@@narrow", "may not subscribe to Closed/a; account narrow has no permission");
        server.awaitLog("GID_Open@@@narrow", "account narrow may not publish to Closed/a");
    }

    @ParameterizedTest
    @CsvSource({
        "300400016100, a PUBLISH",
        "c000, a PINGREQ",
        "82080001000352617700, a SUBSCRIBE",
        "e000, a DISCONNECT",
        "00000000, zeros",
        "ffffffffff, ones",
    })
    @Normative("MQTT-3.1.0-1")
    void aFirstPacketThatIsNoConnectEndsTheConnectionWithoutAnAnswer(String bytes, String what) {
        try (RawClient client = RawClient.tcp(server.tcp())) {
            assertThat(client.send(bytes).receiveToEnd()).as(what).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "380a00035261770001313233, PUBLISH with DUP and QoS 0",
                "360a00035261770001313233, PUBLISH with QoS 3",
                "32050003526177, PUBLISH with QoS 1 and without a Packet Identifier",
                "3007000552612b6162, PUBLISH to a wildcard",
                "300400026100, PUBLISH with U+0000 in the topic",
                "30040002c328, PUBLISH with a topic that is not UTF-8",
                "80080001000352617700, SUBSCRIBE with reserved flags",
                "82020001, SUBSCRIBE without filters",
                "82080001000352617703, SUBSCRIBE with QoS 3",
                "8209000100045261236100, SUBSCRIBE to Ra#a",
                "a2020001, UNSUBSCRIBE without filters",
                "c00100, PINGREQ with a body",
                "60020001, PUBREL with reserved flags",
                "20020000, CONNACK from a client",
                "f000, the reserved packet type",
                "30ffffffffff01, a Remaining Length of five bytes",
                "3001ff, a topic that ends before it begins",
            })
    @Normative("MQTT-4.8.0-1")
    void aMalformedPacketEndsTheConnection(String bytes, String what) {
        try (RawClient client = connected("GID_Raw@@@malformed")) {
            assertThat(client.send(bytes).receiveToEnd()).as(what).isEmpty();
        }
    }

    @Test
    @Normative("MQTT-3.1.0-2")
    void aSecondConnectEndsTheConnection() {
        try (RawClient client = connected("GID_Raw@@@second-connect")) {
            client.send(connect("GID_Raw@@@second-connect", FULL, PASSWORD));
            assertThat(client.receiveToEnd()).isEmpty();
        }
    }

    @Test
    void aPacketThatIsTooLargeEndsTheConnectionBeforeItHasComeIn() {
        try (RawClient client = connected("GID_Raw@@@oversized")) {
            assertThat(client.send("30 818004").receiveToEnd()).isEmpty(); // 65,537 bytes are to follow
        }
        server.awaitLog("65536");
    }

    @Test
    void aClientThatSaysNothingIsDisconnected() {
        try (RawClient client = RawClient.tcp(server.tcp())) {
            assertThat(client.receiveToEnd()).isEmpty();
        }
    }

    @Test
    void aConnectThatComesByteByByteIsTaken() {
        try (RawClient client = RawClient.tcp(server.tcp())) {
            for (byte single : HexFormat.of().parseHex(connect("GID_Raw@@@slow", FULL, PASSWORD))) {
                client.send(new byte[] {single});
            }
            assertThat(client.receivePacket()).isEqualTo(connAck(0));
        }
    }

    @Test
    void httpOnTheMqttPortEndsTheConnection() {
        try (RawClient client = RawClient.tcp(server.tcp())) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            String answer = new String(HexFormat.of().parseHex(client.receiveToEnd()), US_ASCII);
            assertThat(answer).matches("(?s)|HTTP/1\\.1 4.*");
        }
    }

    @Test
    void plainTextOnTheTlsPortEndsTheConnection() {
        try (RawClient client = RawClient.tcp(server.tls())) {
            // At most a TLS alert (content type 21) comes back.
            assertThat(client.send(connect("GID_Raw@@@plain", FULL, PASSWORD)).receiveToEnd())
                    .matches("|15.*");
        }
        server.awaitLog("TLS or WebSocket failed: it spoke plain text");
    }

    @Test
    void tlsOnThePlainPortEndsTheConnection() {
        try (RawClient client = RawClient.tcp(server.tcp())) {
            assertThat(client.send("16030100050100000100").receiveToEnd()).isEmpty();
        }
        server.awaitLog("this looks like TLS; this port speaks MQTT without TLS");
    }

    @Test
    @Normative("MQTT-6.0.0-1")
    void aWebSocketTextFrameEndsTheConnection() {
        try (RawWebSocket client = webSocket(server.ws())) {
            client.sendText("MQTT is binary");
            assertThat(client.awaitClosed()).isIn(1002, 1003, 1006);
        }
    }

    @Test
    void anotherPathThanThatOfTheWebSocketIsNotFound() {
        try (RawClient client = RawClient.tcp(server.ws())) {
            client.send("GET /other HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            assertThat(new String(HexFormat.of().parseHex(client.receiveToEnd()), US_ASCII))
                    .startsWith("HTTP/1.1 404");
        }
        server.awaitLog("TLS or WebSocket failed: There is nothing here. MQTT over WebSocket is at the path /mqtt.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "mqttv3.1"})
    @Normative("MQTT-6.0.0-2")
    void packetsMayBeSplitOverFramesAndPackedIntoOne(String subprotocol) {
        try (RawWebSocket client =
                RawWebSocket.open(server.wss(), server.trust().context(), subprotocol)) {
            assertThat(client.subprotocol()).isEqualTo(subprotocol);
            String connect = connect("GID_Raw@@@frames", FULL, PASSWORD);
            client.send(connect.substring(0, 10), true).send(connect.substring(10, 20), false);
            client.send(connect.substring(20) + PINGREQ + PINGREQ.substring(0, 2), true);
            client.send(PINGREQ.substring(2), true);
            StringBuilder received = new StringBuilder();
            String expected = connAck(0) + PINGRESP + PINGRESP;
            while (received.length() < expected.length()) {
                received.append(client.receive());
            }
            assertThat(received).hasToString(expected);
        }
    }

    private RawWebSocket webSocket(URI address) {
        return RawWebSocket.open(address, server.trust().context(), "mqtt");
    }

    private RawClient connected(String clientId) {
        RawClient client = RawClient.tcp(server.tcp());
        client.send(connect(clientId, FULL, PASSWORD));
        assertThat(client.receivePacket()).isEqualTo(connAck(0));
        return client;
    }

    /** The server answers with the code and closes the connection [MQTT-3.2.2-5]. */
    private void assertRefused(String connect, int code) {
        try (RawClient client = RawClient.tcp(server.tcp())) {
            assertThat(client.send(connect).receivePacket()).isEqualTo(connAck(code));
            assertThat(client.receiveToEnd()).isEmpty();
        }
    }
}
