package isthmus.conformance.normative;

import static isthmus.conformance.fixture.Packets.DISCONNECT;
import static isthmus.conformance.fixture.Packets.packet;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.ConnectPacket;
import isthmus.conformance.fixture.Publication;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 3.1.2.5 to 3.1.2.7: the Will. (That of a Keep Alive that has passed is in {@link SessionTest}.) */
@ExtendWith(SharedServer.class)
class WillTest {
    private final TestServer server;

    WillTest(TestServer server) {
        this.server = server;
    }

    /** Every way in which a connection ends but a DISCONNECT. */
    enum End {
        CLOSED_BY_THE_CLIENT,
        RESET_BY_THE_CLIENT,
        MALFORMED_PACKET,
        PROTOCOL_VIOLATION,
        UNKNOWN_TOPIC,
        MALFORMED_DISCONNECT,
        PACKET_BEYOND_THE_LIMIT,
        TAKEOVER,
        TAKEOVER_WITH_CLEAN_SESSION;

        void happen(TestServer server, Device device, String name) {
            switch (this) {
                case CLOSED_BY_THE_CLIENT -> device.close();
                case RESET_BY_THE_CLIENT -> device.client().reset();
                case MALFORMED_PACKET -> device.send("f000");
                case PROTOCOL_VIOLATION ->
                    device.send(Device.connectPacket(name).hex());
                case UNKNOWN_TOPIC -> device.send(publish("NoSuchTopic", "x"));
                case MALFORMED_DISCONNECT -> device.send("e100");
                case PACKET_BEYOND_THE_LIMIT -> device.send("30818004"); // 65,537 bytes are to follow
                case TAKEOVER -> Device.returned(server, name).disconnect();
                case TAKEOVER_WITH_CLEAN_SESSION -> Device.clean(server, name).disconnect();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Normative({"MQTT-3.1.2-8", "MQTT-3.1.2-10", "MQTT-3.14.1-1"})
    void theWillIsPublishedOnceHoweverTheConnectionEnds(End end) {
        String topic = "Norm/will/" + end;
        String name = "will-" + end;
        try (Device watcher = Device.clean(server, "will-watcher").subscribed(topic, 2)) {
            Device device = Device.connected(
                    server, name, Device.connectPacket(name).stored().will(topic, 2, false, "gone"));
            end.happen(server, device, name);
            Publication will = watcher.takeTwice();
            assertThat(will.payload()).isEqualTo("gone");
            device.close();
            // It is gone: the Session's next connection has no Will.
            Device next = end == End.TAKEOVER_WITH_CLEAN_SESSION
                    ? Device.firstStored(server, name)
                    : Device.returned(server, name);
            next.send("f000").expectClosed();
            watcher.expectNothing();
        }
    }

    @Test
    @Normative({"MQTT-3.1.2-8", "MQTT-3.1.2-10", "MQTT-3.14.4-3"})
    void aDisconnectDiscardsTheWill() {
        try (Device watcher = Device.clean(server, "no-will-watcher").subscribed("Norm/no-will", 1)) {
            Device.connected(server, "no-will", withWill("no-will")).disconnect();
            watcher.expectNothing();
        }
    }

    @Test
    @Normative("MQTT-3.14.4-3")
    void aDisconnectBehindRequestsThatWaitDiscardsTheWillAlsoWhenTheClientClosesAtOnce() {
        try (Device watcher = Device.clean(server, "hasty-watcher").subscribed("Norm/hasty", 1)) {
            for (int i = 0; i < 50; i++) {
                Device hasty = Device.connected(server, "hasty-" + i, withWill("hasty-" + i));
                hasty.send(subscribe(1, "Norm/nothing", 1), DISCONNECT).close();
            }
            for (int i = 0; i < 50; i++) { // Takes over what is still there.
                Device.clean(server, "hasty-" + i).disconnect();
            }
            watcher.expectNothing();
        }
    }

    @Test
    @Normative("MQTT-3.14.4-3")
    void whatComesBehindADisconnectIsIgnored() {
        try (Device watcher = Device.clean(server, "behind-watcher").subscribed("Norm/behind", 1)) {
            Device device = Device.connected(server, "behind", withWill("behind"));
            device.send(DISCONNECT, publish("Norm/behind", 1, 1, "never"), "f000")
                    .expectClosed();
            watcher.expectNothing();
        }
    }

    @Test
    @Normative("MQTT-3.1.2-12")
    void withoutTheWillFlagNothingIsPublished() {
        try (Device watcher =
                Device.clean(server, "without-watcher").subscribed("Norm/#", 0).drained()) {
            Device device = Device.clean(server, "without");
            device.send("f000").expectClosed();
            watcher.expectNothing();
        }
    }

    @Test
    @Normative("MQTT-3.1.2-8")
    void theWillOfARefusedConnectIsNotPublished() {
        try (Device watcher = Device.clean(server, "refused-will-watcher").subscribed("Norm/refused-will", 1)) {
            String connect = withWill("refused-will").hex();
            String wrongPassword = connect.substring(0, connect.length() - 2) + "21";
            Device device = Device.silent(server, "refused-will");
            device.send(wrongPassword).expect("20020004").expectClosed();
            watcher.expectNothing();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    @Normative({"MQTT-3.1.2-9", "MQTT-3.1.2-14", "MQTT-3.1.2-16", "MQTT-3.1.2-17"})
    void theWillHasTheQosAndTheRetainFlagThatTheConnectGaveIt(int qos) {
        for (boolean retain : new boolean[] {false, true}) {
            String topic = "Norm/will-as-told/" + qos + retain;
            String name = "will-as-told-" + qos + retain;
            try (Device watcher = Device.clean(server, "will-as-told-watcher").subscribed(topic, 2)) {
                Device.connected(server, name, Device.connectPacket(name).will(topic, qos, retain, "gone"))
                        .close();
                Publication live = watcher.receive();
                assertThat(live.qos()).isEqualTo(qos);
                assertThat(live.retain()).isFalse();
            }
            try (Device later = Device.clean(server, "will-as-told-later").subscribed(topic, 2)) {
                if (retain) {
                    Publication kept = later.receive();
                    assertThat(kept.retain()).isTrue();
                    assertThat(kept.qos()).isEqualTo(qos);
                    assertThat(kept.payload()).isEqualTo("gone");
                } else {
                    later.expectNothing();
                }
            }
        }
    }

    @Test
    @Normative("MQTT-3.1.2-9")
    void aWillMayBeEmptyAndOfManyBytes() {
        try (Device watcher = Device.clean(server, "sizes-watcher").subscribed("Norm/sizes", 0)) {
            for (int size : new int[] {0, 1, 60_000}) {
                String message = "x".repeat(size);
                Device.connected(server, "sizes", Device.connectPacket("sizes").will("Norm/sizes", 0, false, message))
                        .close();
                watcher.expect(publish("Norm/sizes", message));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#", "Norm/#", "Norm/+/x", "Norm/a+"})
    @Normative({"MQTT-4.7.1-1", "MQTT-4.7.3-1", "MQTT-3.1.4-1"})
    void aWillTopicThatIsNoTopicNameEndsTheConnection(String topic) {
        try (Device device = Device.silent(server, "will-topic")) {
            device.send(
                            Device.connectPacket("will-topic")
                                    .will(topic, 0, false, "x")
                                    .hex(),
                            packet(0xc0, ""))
                    .expectClosed();
        }
    }

    private static ConnectPacket withWill(String name) {
        return Device.connectPacket(name).will("Norm/" + name.replaceAll("-\\d+$", ""), 1, false, "gone");
    }
}
