package isthmus.conformance.normative;

import static isthmus.conformance.fixture.Packets.connAck;
import static isthmus.conformance.fixture.Packets.packet;
import static isthmus.conformance.fixture.Packets.pubAck;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.subAck;
import static isthmus.conformance.fixture.Packets.subscribe;
import static isthmus.conformance.fixture.Packets.text;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.Packets;
import isthmus.conformance.fixture.RawClient;
import isthmus.conformance.fixture.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Parent topics that nobody has made, with {@code mqtt.parentTopics: any}. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AnyParentTopicTest {
    /** So many are configured. */
    private static final int CONFIGURED = 12;

    private static final int ROOM = 5;

    @TempDir
    static Path directory;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.startWithSettings(
                directory.resolve("data"),
                Map.of(),
                "mqtt.parentTopics=any",
                "mqtt.limits.parentTopics=" + (CONFIGURED + ROOM));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aClientSubscribesAndPublishesToANewParentTopicAndWhatItSendsBehindComesAfter() {
        try (RawClient subscriber = connected("GID_Norm@@@new-sub");
                RawClient publisher = connected("GID_Norm@@@new-pub")) {
            subscriber.send(subscribe(1, "NewOne/#", 1));
            assertThat(subscriber.receivePacket()).isEqualTo(subAck(1, 1));
            publisher.send(publish("NewTwo/a", 1, 1, "made") + publish("NewOne/a", 1, 2, "first") + Packets.PINGREQ);
            assertThat(publisher.receivePacket()).isEqualTo(pubAck(1));
            assertThat(publisher.receivePacket()).isEqualTo(pubAck(2));
            assertThat(publisher.receivePacket()).isEqualTo(Packets.PINGRESP);
            assertThat(subscriber.receivePacket()).isEqualTo(publish("NewOne/a", 1, 1, "first"));
        }
    }

    @Test
    void theWillOfAClientMayGoToANewParentTopic() {
        try (RawClient subscriber = connected("GID_Norm@@@will-sub")) {
            try (RawClient client = RawClient.tcp(server.tcp())) {
                client.send(packet(
                        0x10,
                        text("MQTT")
                                + "04c6003c"
                                + text("GID_Norm@@@will-new")
                                + text("NewWill/gone")
                                + text("farewell")
                                + text(TestServer.ACCESS_KEY)
                                + text(TestServer.password("GID_Norm"))));
                assertThat(client.receivePacket()).isEqualTo(connAck(0));
                subscriber.send(subscribe(1, "NewWill/#", 0));
                assertThat(subscriber.receivePacket()).isEqualTo(subAck(1, 0));
            }
            assertThat(subscriber.receivePacket()).isEqualTo(publish("NewWill/gone", "farewell"));
        }
    }

    @Test
    void whatCannotBeATopicOfTheLogIsRefusedWithTheReason() {
        try (RawClient client = connected("GID_Norm@@@odd")) {
            client.send(subscribe(1, "not a name/#", 1));
            assertThat(client.receivePacket()).isEqualTo(subAck(1, 0x80));
            client.send(publish("not a name/a", 1, 2, "lost"));
            assertThat(client.receiveToEnd()).isEmpty();
        }
        server.awaitLog("parent topic \"not a name\" does not exist and is not made");
    }

    @Test
    void anAccountForCertainTopicsMakesNone() {
        try (RawClient client = RawClient.tcp(server.tcp())) {
            client.send(Packets.connect(
                    "GID_Open@@@narrow",
                    TestServer.NARROW_ACCESS_KEY,
                    TestServer.password("GID_Open", TestServer.NARROW_SECRET_KEY)));
            assertThat(client.receivePacket()).isEqualTo(connAck(0));
            client.send(subscribe(1, "NewNarrow/#", 1));
            assertThat(client.receivePacket()).isEqualTo(subAck(1, 0x80));
        }
    }

    @Test
    @Order(Integer.MAX_VALUE) // takes all the room that there is
    void thereIsABoundForThoseWhoMakeMany() {
        try (RawClient client = connected("GID_Norm@@@many")) {
            int granted = 0;
            for (int i = 1; i <= ROOM + 1; i++) {
                client.send(subscribe(i, "Many" + i + "/#", 0));
                granted += client.receivePacket().equals(subAck(i, 0)) ? 1 : 0;
            }
            assertThat(granted).isLessThanOrEqualTo(ROOM);
            client.send(publish("Norm/still", 1, 1, "those that are there can be used"));
            assertThat(client.receivePacket()).isEqualTo(pubAck(1));
        }
    }

    private static RawClient connected(String clientId) {
        RawClient client = RawClient.tcp(server.tcp());
        client.send(Packets.connect(clientId, TestServer.ACCESS_KEY, TestServer.password("GID_Norm")));
        assertThat(client.receivePacket()).isEqualTo(connAck(0));
        return client;
    }
}
