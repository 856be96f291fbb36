package isthmus.conformance.normative;

import static isthmus.conformance.fixture.Packets.connAck;
import static isthmus.conformance.fixture.Packets.packet;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.subAck;
import static isthmus.conformance.fixture.Packets.subscribe;
import static isthmus.conformance.fixture.Packets.text;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.RawClient;
import isthmus.conformance.fixture.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Client Identifiers without a group, with {@code mqtt.clientIds: any}. */
class AnyClientIdTest {
    @TempDir
    static Path directory;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.startWithSettings(directory.resolve("data"), Map.of(), "mqtt.clientIds=any");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "Z", "0", "0123456789abcdefghijklm", "nopqrstuvwxyzABCDEFGHIJ", "KLMNOPQRSTUVWXYZ", "a/b c"
            })
    @Normative("MQTT-3.1.3-5")
    void everyClientIdentifierIsTaken(String clientId) {
        try (RawClient client = RawClient.tcp(server.tcp())) {
            client.send(connect(clientId, 0xc2, TestServer.password(clientId)));
            assertThat(client.receivePacket()).isEqualTo(connAck(0));
            client.send(subscribe(1, "Norm/any", 0));
            assertThat(client.receivePacket()).isEqualTo(subAck(1, 0));
        }
    }

    @Test
    @Normative("MQTT-3.1.3-6")
    void anEmptyOneIsReplacedByOneThatNobodyElseHas() {
        try (RawClient one = RawClient.tcp(server.tcp());
                RawClient other = RawClient.tcp(server.tcp())) {
            for (RawClient client : List.of(one, other)) {
                client.send(connect("", 0xc2, TestServer.password("")));
                assertThat(client.receivePacket()).isEqualTo(connAck(0));
            }
            one.send(subscribe(1, "Norm/assigned", 0));
            assertThat(one.receivePacket()).isEqualTo(subAck(1, 0));
            other.send(publish("Norm/assigned", 0, 0, "both are there"));
            assertThat(one.receivePacket()).isEqualTo(publish("Norm/assigned", 0, 0, "both are there"));
        }
    }

    @Test
    @Normative({"MQTT-3.1.3-8", "MQTT-3.1.3-9"})
    void anEmptyOneWithCleanSession0IsRefusedWithTwo() {
        assertRefused(connect("", 0xc0, TestServer.password("")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GID_Nobody@@@a", "@@@a", "GID_Norm@@@"})
    @Normative("MQTT-3.1.3-9")
    void oneThatLooksLikeAMistakenOneIsRefusedWithTwo(String clientId) {
        assertRefused(connect(clientId, 0xc2, TestServer.password(clientId)));
    }

    @Test
    @Normative("MQTT-3.1.3-9")
    void oneThatTheClientHasNotSignedIsRefusedWithTwo() {
        assertRefused(connect("somebody", 0xc2, TestServer.password("GID_Norm")));
    }

    private static void assertRefused(String connect) {
        try (RawClient client = RawClient.tcp(server.tcp())) {
            client.send(connect);
            assertThat(client.receiveToEnd()).isEqualTo(connAck(2));
        }
    }

    private static String connect(String clientId, int flags, String password) {
        return packet(
                0x10,
                text("MQTT")
                        + "04"
                        + Integer.toHexString(flags)
                        + "003c"
                        + text(clientId)
                        + text(TestServer.ACCESS_KEY)
                        + text(password));
    }
}
