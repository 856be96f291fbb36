package isthmus.conformance.normative;

import static isthmus.conformance.fixture.Packets.pubAck;
import static isthmus.conformance.fixture.Packets.pubComp;
import static isthmus.conformance.fixture.Packets.pubRec;
import static isthmus.conformance.fixture.Packets.pubRel;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.publishWithFlags;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.Publication;
import isthmus.conformance.fixture.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Section 4.1: what must outlive the server's process, and what the end of the process means to a Will. */
class RestartTest {
    private static final int DUP = 8;

    @TempDir
    Path directory;

    @Test
    @Normative({
        "MQTT-4.1.0-1",
        "MQTT-3.1.2-4",
        "MQTT-3.1.2-5",
        "MQTT-3.1.2-8",
        "MQTT-4.4.0-1",
        "MQTT-4.3.3-2",
        "MQTT-3.3.1-5"
    })
    void sessionsRetainedMessagesAndStepsOfDeliveryOutliveARestart() {
        int one;
        int two;
        int three;
        try (TestServer server = TestServer.start(directory.resolve("data"), Map.of())) {
            Device subscriber = Device.firstStored(server, "restart").subscribed("Norm/restart", 2);
            Device publisher = Device.firstStored(server, "restart-publisher");
            publisher.published("Norm/restart", 1, "one");
            publisher.published("Norm/restart", 2, "two");
            publisher.published("Norm/restart", 2, "three");
            one = subscriber.receive().packetId();
            two = subscriber.receive().packetId();
            three = subscriber.receive().packetId();
            subscriber.send(pubRec(three)).expect(pubRel(three)).close();
            publisher.publishedRetained("Norm/restart-retained", 2, "kept");
            publisher.send(publish("Norm/restart", 2, 7, "four")).expect(pubRec(7));
            Device.firstStored(server, "restart-watcher")
                    .subscribed("Norm/restart-will", 2)
                    .disconnect();
            Device.connected(
                    server,
                    "restart-will",
                    Device.connectPacket("restart-will").will("Norm/restart-will", 1, false, "the server has stopped"));
            assertThat(server.stop()).isZero();
        }
        try (TestServer server = TestServer.start(directory.resolve("data"), Map.of())) {
            Device subscriber = Device.returned(server, "restart").expect(pubRel(three));
            assertThat(subscriber.receive()).isEqualTo(new Publication(true, 1, false, "Norm/restart", one, "one"));
            assertThat(subscriber.receive()).isEqualTo(new Publication(true, 2, false, "Norm/restart", two, "two"));
            Publication four = subscriber.receive();
            assertThat(four.payload()).isEqualTo("four");
            assertThat(four.dup()).isFalse();
            subscriber.send(pubComp(three), pubAck(one), pubRec(two)).expect(pubRel(two));
            subscriber.send(pubComp(two), pubRec(four.packetId())).expect(pubRel(four.packetId()));
            subscriber.send(pubComp(four.packetId()));

            Device publisher = Device.returned(server, "restart-publisher");
            publisher.send(publishWithFlags(DUP | 4, "Norm/restart", 7, "four")).expect(pubRec(7));
            publisher.send(pubRel(7)).expect(pubComp(7));
            subscriber.expectNothing();
            publisher.subscribed("Norm/restart-retained", 1);
            assertThat(publisher.take().payload()).isEqualTo("kept");

            Device watcher = Device.returned(server, "restart-watcher");
            assertThat(watcher.take().payload()).isEqualTo("the server has stopped");
            watcher.expectNothing();
        }
    }
}
