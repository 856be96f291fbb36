package isthmus.conformance.normative;

import static isthmus.conformance.fixture.Packets.PINGREQ;
import static isthmus.conformance.fixture.Packets.number;
import static isthmus.conformance.fixture.Packets.packet;
import static isthmus.conformance.fixture.Packets.pubAck;
import static isthmus.conformance.fixture.Packets.pubComp;
import static isthmus.conformance.fixture.Packets.pubRec;
import static isthmus.conformance.fixture.Packets.pubRel;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.subscribe;
import static isthmus.conformance.fixture.Packets.text;
import static isthmus.conformance.fixture.Packets.unsubAck;
import static isthmus.conformance.fixture.Packets.unsubscribe;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.Publication;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 3.8 to 3.11: SUBSCRIBE, UNSUBSCRIBE and their answers. */
@ExtendWith(SharedServer.class)
class SubscribeTest {
    private final TestServer server;

    SubscribeTest(TestServer server) {
        this.server = server;
    }

    @Test
    @Normative({
        "MQTT-3.8.4-1",
        "MQTT-3.8.4-2",
        "MQTT-3.8.4-4",
        "MQTT-3.8.4-5",
        "MQTT-3.9.3-1",
        "MQTT-3.9.3-2",
        "MQTT-2.3.1-7"
    })
    void theSubAckHasACodeForEachFilterInTheirOrder() {
        try (Device device = Device.clean(server, "codes")) {
            String requests = text("Norm/codes/2") + "02" + text("NoSuchTopic/a") + "02" + text("Norm/codes/0") + "00"
                    + text("Closed/none/#") + "01" + text("NoSuchTopic/b") + "00" + text("Norm/codes/1") + "01";
            device.send(packet(0x82, "abcd" + requests)).expect("9008abcd", "02", "80", "00", "01", "80", "01");
            device.send(publish("Norm/codes/0", "all took effect"), publish("Norm/codes/2", "all of them"));
            assertThat(device.receive().payload()).isEqualTo("all took effect");
            assertThat(device.receive().payload()).isEqualTo("all of them");
        }
    }

    @Test
    @Normative("MQTT-3.8.4-4")
    void theSameFilterTwiceInOneSubscribeIsAsIfItCameTwice() {
        try (Device device = Device.clean(server, "twice")) {
            device.send(packet(0x82, "0001" + text("Norm/twice") + "02" + text("Norm/twice") + "00"))
                    .expect("900400010200");
            device.published("Norm/twice", 1, "x");
            assertThat(device.receive().qos()).isZero();
            device.expectNothing();
        }
    }

    @Test
    @Normative("MQTT-3-8.3-4")
    void aRequestedQosByteBeyondTwoEndsTheConnection() {
        for (int qos = 3; qos < 256; qos++) {
            try (Device device = Device.clean(server, "qos-byte")) {
                String last = HexFormat.of().toHexDigits((byte) qos);
                device.send(packet(0x82, "0001" + text("Norm/a") + "01" + text("Norm/b") + last), PINGREQ)
                        .expectClosed();
            }
        }
    }

    @Test
    @Normative({"MQTT-3.8.3-3", "MQTT-3.10.3-2"})
    void noTopicFilterAtAllEndsTheConnection() {
        for (String empty : List.of("82020001", "a2020001")) {
            try (Device device = Device.clean(server, "no-filter")) {
                device.send(empty, PINGREQ).expectClosed();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Norm#",
                "Norm/#/a",
                "#/",
                "##",
                "Norm/a#",
                "Norm/#a",
                "Norm/+a",
                "Norm/a+",
                "+a/b",
                "++",
                "Norm/+#",
                "Norm/#+"
            })
    @Normative({"MQTT-4.7.1-2", "MQTT-4.7.1-3", "MQTT-4.7.3-1"})
    void whatIsNoTopicFilterEndsTheConnection(String filter) {
        for (String packet : List.of(subscribe(1, filter, 1), unsubscribe(1, filter))) {
            try (Device device = Device.clean(server, "no-filter")) {
                device.send(packet, PINGREQ).expectClosed();
            }
        }
    }

    @Test
    @Normative("MQTT-3.8.4-3")
    void subscribingAgainReplacesTheQosWithoutAGapInTheFlow() throws Exception {
        int messages = 400;
        try (Device publisher = Device.clean(server, "flow-publisher");
                Device device = Device.firstStored(server, "flow").subscribed("Norm/flow", 1)) {
            Thread publishing = new Thread(() -> {
                for (int i = 0; i < messages; i++) {
                    publisher.published("Norm/flow", 2, String.valueOf(i));
                }
            });
            publishing.start();
            List<String> received = new ArrayList<>();
            int subAcks = 0;
            while (received.size() < messages || subAcks < 100) {
                if (subAcks < 100 && received.size() % 4 == 0) {
                    device.send(subscribe(1, "Norm/flow", 1 + received.size() % 2));
                }
                String packet = device.client().receivePacket();
                if (packet.startsWith("90")) {
                    subAcks++;
                } else if (packet.startsWith("3")) {
                    Publication publication = Publication.of(packet);
                    received.add(publication.payload());
                    int id = publication.packetId();
                    device.send(publication.qos() == 1 ? pubAck(id) : pubRec(id) + pubComp(id));
                }
            }
            publishing.join();
            assertThat(received).hasSize(messages).doesNotHaveDuplicates();
        }
    }

    @Test
    @Normative({"MQTT-3.10.4-1", "MQTT-3.10.4-2", "MQTT-3.10.4-6"})
    void onlyTheSubscriptionsWithExactlyTheseFiltersEnd() {
        try (Device device = Device.clean(server, "exactly")) {
            for (String filter : List.of("Norm/ex/#", "Norm/ex/+", "Norm/ex/a", "Norm/ex/A", "Norm/ex/a/")) {
                device.subscribed(filter, 1);
            }
            device.send(unsubscribe(9, "Norm/ex/#", "Norm/ex/+", "Norm/ex", "Norm/+/a", "Norm/ex/A"))
                    .expect(unsubAck(9))
                    .pinged();
            for (String topic : List.of("Norm/ex/b", "Norm/ex/A", "Norm/ex/b/c", "Norm/ex/a", "Norm/ex/a/")) {
                device.published(topic, 1, "x");
            }
            assertThat(List.of(device.take().topic(), device.take().topic()))
                    .containsExactly("Norm/ex/a", "Norm/ex/a/");
            device.expectNothing();
        }
    }

    @Test
    @Normative({"MQTT-3.10.4-4", "MQTT-3.10.4-5", "MQTT-2.3.1-7"})
    void anUnsubscribeIsAnsweredAlsoWhenNothingEnds() {
        try (Device device = Device.clean(server, "nothing-ends")) {
            for (int id : new int[] {1, 0x1234, 0xffff}) {
                device.send(unsubscribe(id, "Norm/never", "NoSuchTopic/#")).expect("b002", number(id));
            }
        }
    }

    @Test
    @Normative({"MQTT-3.10.4-3", "MQTT-4.4.0-1"})
    void deliveriesThatHaveBegunAreCompletedAfterAnUnsubscribe() {
        try (Device publisher = Device.clean(server, "begun-publisher")) {
            Device device = Device.firstStored(server, "begun").subscribed("Norm/begun", 2);
            publisher.published("Norm/begun", 1, "one");
            publisher.published("Norm/begun", 2, "two");
            publisher.published("Norm/begun", 2, "three");
            int one = device.receive().packetId();
            int two = device.receive().packetId();
            int three = device.receive().packetId();
            device.send(pubRec(two)).expect(pubRel(two));
            device.send(unsubscribe(1, "Norm/begun")).expect(unsubAck(1));
            publisher.published("Norm/begun", 2, "never");
            device.send(pubRec(three)).expect(pubRel(three)).expectNothing().close();

            Device back = Device.returned(server, "begun");
            List<String> again =
                    List.of(back.client().receivePacket(), back.client().receivePacket());
            assertThat(again).containsExactly(pubRel(two), pubRel(three));
            assertThat(back.receive()).isEqualTo(new Publication(true, 1, false, "Norm/begun", one, "one"));
            back.send(pubComp(two), pubComp(three), pubAck(one)).expectNothing().disconnect();
            Device.returned(server, "begun").expectNothing().close();
        }
    }
}
