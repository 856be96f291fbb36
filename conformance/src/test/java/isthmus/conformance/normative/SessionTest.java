package isthmus.conformance.normative;

import static isthmus.conformance.fixture.Packets.PINGREQ;
import static isthmus.conformance.fixture.Packets.PINGRESP;
import static isthmus.conformance.fixture.Packets.connAck;
import static isthmus.conformance.fixture.Packets.pubAck;
import static isthmus.conformance.fixture.Packets.pubComp;
import static isthmus.conformance.fixture.Packets.pubRec;
import static isthmus.conformance.fixture.Packets.pubRel;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.normative.Device.SESSION_PRESENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import isthmus.conformance.fixture.Publication;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 3.1.2.4, 3.1.2.10, 3.1.4, 3.2.2.2 and 4.1: Sessions, takeover, Keep Alive. */
@ExtendWith(SharedServer.class)
class SessionTest {
    private final TestServer server;

    SessionTest(TestServer server) {
        this.server = server;
    }

    @Test
    @Normative({
        "MQTT-3.1.2-4",
        "MQTT-3.1.2-6",
        "MQTT-3.1.4-3",
        "MQTT-3.2.2-1",
        "MQTT-3.2.2-2",
        "MQTT-3.2.2-3",
        "MQTT-4.1.0-1"
    })
    void sessionPresentSaysWhetherThereIsAStoredSession() {
        String stored = Device.connectPacket("present").stored().hex();
        String clean = Device.connectPacket("present").hex();
        assertAnswer(stored, connAck(0)); // made
        assertAnswer(stored, SESSION_PRESENT); // resumed
        assertAnswer(stored, SESSION_PRESENT);
        assertAnswer(clean, connAck(0)); // discarded
        assertAnswer(clean, connAck(0));
        assertAnswer(stored, connAck(0)); // nothing of the clean one is reused
        assertAnswer(stored, SESSION_PRESENT);
    }

    private void assertAnswer(String connect, String answer) {
        try (Device device = Device.silent(server, "present")) {
            device.send(connect).expect(answer).disconnect();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Normative({"MQTT-3.1.2-5", "MQTT-4.5.0-1", "MQTT-4.1.0-1"})
    void messagesForADeviceThatIsAwayAreKept(int qos) {
        String topic = "Norm/offline/" + qos;
        Device.firstStored(server, "offline" + qos).subscribed(topic, qos).disconnect();
        try (Device publisher = Device.clean(server, "offline-publisher")) {
            publisher.published(topic, 0, "QoS 0 is not kept");
            for (int i = 0; i < 20; i++) {
                publisher.published(topic, qos, "m" + i);
            }
        }
        try (Device device = Device.returned(server, "offline" + qos)) {
            List<Publication> received = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                received.add(device.receive());
                assertThat(received.get(i).payload()).isEqualTo("m" + i);
                assertThat(received.get(i).dup()).isFalse();
            }
            for (Publication each : received) {
                int id = each.packetId();
                if (qos == 1) {
                    device.send(pubAck(id));
                } else {
                    device.send(pubRec(id)).expect(pubRel(id)).send(pubComp(id));
                }
            }
            device.expectNothing();
        }
    }

    @Test
    @Normative({"MQTT-3.1.2-5", "MQTT-3.3.5-1", "MQTT-3.8.4-6"})
    void whatWaitsComesOnceAndWithTheQosThatItWouldHaveHadAtOnce() {
        Device.firstStored(server, "waiting")
                .subscribed("Norm/waiting/#", 1)
                .subscribed("Norm/waiting/+", 2)
                .subscribed("Norm/waiting/a", 0)
                .subscribed("Norm/waiting-0", 0)
                .disconnect();
        try (Device publisher = Device.clean(server, "waiting-publisher")) {
            publisher
                    .published("Norm/waiting/a", 2, "three match")
                    .published("Norm/waiting/a/b", 2, "the first matches")
                    .published("Norm/waiting-0", 2, "a subscription with QoS 0 keeps nothing")
                    .published("Norm/waiting/b", 1, "two match");
        }
        try (Device back = Device.returned(server, "waiting")) {
            Publication first = back.receive();
            assertThat(first.payload()).isEqualTo("three match");
            assertThat(first.qos()).isEqualTo(2);
            assertThat(back.take().payload()).isEqualTo("the first matches");
            assertThat(back.take().payload()).isEqualTo("two match");
            int id = first.packetId();
            back.send(pubRec(id)).expect(pubRel(id)).send(pubComp(id));
            back.expectNothing();
        }
    }

    @Test
    @Normative({"MQTT-3.1.2-6", "MQTT-3.1.3-2"})
    void aCleanSessionDiscardsSubscriptionsAndWaitingMessages() {
        Device.firstStored(server, "discard").subscribed("Norm/discard", 1).disconnect();
        try (Device other = Device.firstStored(server, "discard-other").subscribed("Norm/discard", 1)) {
            other.published("Norm/discard", 1, "waiting");
            other.take();
            Device.clean(server, "discard").expectNothing().disconnect();
            try (Device back = Device.firstStored(server, "discard")) {
                other.published("Norm/discard", 1, "later");
                back.expectNothing();
                assertThat(other.take().payload())
                        .as("the Session of another Client is another one")
                        .isEqualTo("later");
            }
        }
    }

    @Test
    @Normative({"MQTT-3.1.4-2", "MQTT-3.1.2-4"})
    void aSecondConnectionTakesOverSessionAndUnacknowledgedMessages() {
        try (Device first = Device.firstStored(server, "takeover").subscribed("Norm/takeover", 1);
                Device publisher = Device.clean(server, "takeover-publisher")) {
            publisher.published("Norm/takeover", 1, "unacknowledged");
            Publication before = first.receive();
            try (Device second = Device.returned(server, "takeover")) {
                first.expectClosed();
                Publication again = second.take();
                assertThat(again)
                        .isEqualTo(
                                new Publication(true, 1, false, before.topic(), before.packetId(), before.payload()));
                publisher.published("Norm/takeover", 1, "new");
                assertThat(second.take().payload()).isEqualTo("new");
            }
        }
    }

    @Test
    @Normative("MQTT-3.1.4-2")
    void aConnectionWhoseDeviceNoLongerReadsIsTakenOverAtOnce() {
        try (Device dead = Device.clean(server, "dead").subscribed("Norm/dead", 0);
                Device publisher = Device.clean(server, "dead-publisher")) {
            String large = publish("Norm/dead", "x".repeat(60_000));
            for (int i = 0; i < 300; i++) { // 18 MB: more than the buffers of both ends hold
                publisher.send(large);
            }
            publisher.published("Norm/dead", 1, "stored");
            Device.clean(server, "dead").expectNothing().disconnect();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Normative({"MQTT-3.1.4-2", "MQTT-3.1.3-2"})
    void ofTenConnectsThatRaceOneStays(boolean clean) {
        String name = "race-" + clean;
        String connect =
                (clean ? Device.connectPacket(name) : Device.connectPacket(name).stored()).hex();
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            devices.add(Device.silent(server, name));
        }
        try {
            devices.parallelStream().forEach(device -> device.send(connect));
            List<Device> open = new ArrayList<>(devices);
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                open.removeIf(device -> !answers(device));
                return open.size() == 1;
            });
            open.get(0).pinged().expectNothing();
        } finally {
            devices.forEach(Device::close);
        }
    }

    /** Whether the connection is open still: a CONNACK may come before the answer. */
    private static boolean answers(Device device) {
        try {
            device.send(PINGREQ);
            String packet = device.client().receivePacket();
            while (!packet.equals(PINGRESP)) {
                assertThat(packet).isIn(connAck(0), SESSION_PRESENT);
                packet = device.client().receivePacket();
            }
            return true;
        } catch (java.io.UncheckedIOException closed) {
            return false;
        }
    }

    @Test
    @Normative({"MQTT-3.1.2-24", "MQTT-3.1.2-8"})
    void whoIsSilentForOneAndAHalfTimesTheKeepAliveIsDisconnectedAsIfItWereLost() {
        try (Device watcher = Device.clean(server, "keep-alive-watcher").subscribed("Norm/keep-alive", 1);
                Device unlimited = Device.connected(
                        server,
                        "keep-alive-0",
                        Device.connectPacket("keep-alive-0").keepAlive(0));
                Device device = Device.connected(
                        server,
                        "keep-alive-1",
                        Device.connectPacket("keep-alive-1").keepAlive(1).will("Norm/keep-alive", 1, false, "gone"))) {
            long beforeTheLastPacket = System.nanoTime();
            device.pinged().expectClosed();
            assertThat(Duration.ofNanos(System.nanoTime() - beforeTheLastPacket))
                    .isBetween(Duration.ofMillis(1450), Duration.ofSeconds(10));
            assertThat(watcher.take().payload()).isEqualTo("gone");
            unlimited.pinged(); // With Keep Alive 0 there is no such time.
        }
    }

    @Test
    @Normative("MQTT-3.1.2-24")
    void everyPacketCountsForTheKeepAlive() throws InterruptedException {
        try (Device device = Device.connected(
                server,
                "keep-alive-busy",
                Device.connectPacket("keep-alive-busy").keepAlive(2))) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < 4_500_000_000L) {
                device.send(publish("Norm/busy", 1, 1, "")).expect(pubAck(1));
                Thread.sleep(100); // Not a wait for a result: far less than the Keep Alive, on a busy machine, too.
            }
        }
    }

    @Test
    @Normative({"MQTT-4.1.0-2", "MQTT-3.1.2-6"})
    void aCleanSessionLastsAsLongAsItsConnectionWhateverHappensToOthers() {
        try (Device device = Device.clean(server, "lasting").subscribed("Norm/lasting", 1)) {
            Device.clean(server, "lasting-other").subscribed("Norm/lasting", 1).disconnect();
            device.published("Norm/lasting", 1, "still there");
            assertThat(device.take().payload()).isEqualTo("still there");
        }
    }

    @Test
    @Normative("MQTT-3.1.2.7")
    void retainedMessagesOutliveTheSession() {
        Device.clean(server, "outlive")
                .publishedRetained("Norm/outlive", 1, "kept")
                .disconnect();
        Device.clean(server, "outlive").disconnect();
        try (Device device = Device.clean(server, "outlive-reader").subscribed("Norm/outlive", 1)) {
            assertThat(device.take().payload()).isEqualTo("kept");
        }
    }
}
