package isthmus.conformance.normative;

import static isthmus.conformance.fixture.Packets.pubAck;
import static isthmus.conformance.fixture.Packets.pubComp;
import static isthmus.conformance.fixture.Packets.pubRec;
import static isthmus.conformance.fixture.Packets.pubRel;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.publishWithFlags;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.Publication;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sections 4.3 to 4.6: acknowledgements that are lost, one after the other and in both directions, windows and order. */
@ExtendWith(SharedServer.class)
class DeliveryTest {
    private static final int DUP = 8;
    /** The server's limit of unacknowledged messages per client, when nothing else is set. */
    private static final int WINDOW = 1024;

    private final TestServer server;

    DeliveryTest(TestServer server) {
        this.server = server;
    }

    @Test
    @Normative({"MQTT-3.3.1-1", "MQTT-4.3.2-1", "MQTT-4.4.0-1", "MQTT-4.6.0-1", "MQTT-2.3.1-4"})
    void whatIsNotAcknowledgedComesAgainInItsOrderWithDupAndTheSameIdentifiers() {
        try (Device publisher = Device.clean(server, "resend-publisher")) {
            Device device = Device.firstStored(server, "resend").subscribed("Norm/resend", 2);
            for (int i = 0; i < 30; i++) {
                publisher.published("Norm/resend", 1 + i % 2, "m" + i);
            }
            List<Publication> open = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                Publication received = device.receive();
                assertThat(received.dup()).isFalse();
                if (i % 10 == 6) { // QoS 1, out of the middle
                    device.send(pubAck(received.packetId()));
                } else {
                    open.add(received);
                }
            }
            device.pinged();
            for (int round = 0; round < 2; round++) {
                device.close();
                device = Device.returned(server, "resend");
                for (Publication each : open) {
                    assertThat(device.receive())
                            .isEqualTo(new Publication(
                                    true, each.qos(), false, each.topic(), each.packetId(), each.payload()));
                }
            }
            for (Publication each : open) {
                device.send(each.qos() == 1 ? pubAck(each.packetId()) : pubRec(each.packetId()));
            }
            for (Publication each : open) {
                if (each.qos() == 2) {
                    device.expect(pubRel(each.packetId())).send(pubComp(each.packetId()));
                }
            }
            device.expectNothing().disconnect();
            Device.returned(server, "resend").expectNothing().close();
        }
    }

    @Test
    @Normative({"MQTT-4.3.3-1", "MQTT-4.4.0-1"})
    void aSubscriberGetsAQos2MessageOnceWhicheverAcknowledgementIsLost() {
        try (Device publisher = Device.clean(server, "once-publisher")) {
            Device device = Device.firstStored(server, "once").subscribed("Norm/once", 2);
            publisher.published("Norm/once", 2, "x");
            Publication first = device.receive();
            assertThat(first.dup()).isFalse();
            int id = first.packetId();
            device.close(); // The PUBREC is lost.
            device = Device.returned(server, "once");
            Publication again = device.receive();
            assertThat(again).isEqualTo(new Publication(true, 2, false, "Norm/once", id, "x"));
            device.send(pubRec(id)).expect(pubRel(id)).close(); // The PUBREL is lost.
            device = Device.returned(server, "once").expect(pubRel(id));
            device.send(pubRec(id)).expect(pubRel(id)).close(); // The PUBCOMP is lost.
            device = Device.returned(server, "once").expect(pubRel(id)).send(pubComp(id));
            device.expectNothing().disconnect();
            Device.returned(server, "once").expectNothing().close();
        }
    }

    @Test
    @Normative({"MQTT-4.3.3-2", "MQTT-4.1.0-1", "MQTT-3.1.2-4"})
    void aPublisherPublishesAQos2MessageOnceWhicheverAcknowledgementIsLost() {
        try (Device subscriber = Device.clean(server, "once-in-watcher").subscribed("Norm/once-in", 1)) {
            Device device = Device.firstStored(server, "once-in");
            device.send(publish("Norm/once-in", 2, 7, "x")).expect(pubRec(7)).close(); // The PUBREC is lost.
            device = Device.returned(server, "once-in");
            device.send(publishWithFlags(DUP | 4, "Norm/once-in", 7, "x")).expect(pubRec(7));
            device.close(); // The PUBREL is lost.
            device = Device.returned(server, "once-in");
            device.send(pubRel(7)).expect(pubComp(7)).close(); // The PUBCOMP is lost.
            device = Device.returned(server, "once-in");
            device.send(pubRel(7)).expect(pubComp(7));
            assertThat(subscriber.take().payload()).isEqualTo("x");
            subscriber.expectNothing();

            device.send(publish("Norm/once-in", 2, 7, "new")).expect(pubRec(7));
            assertThat(subscriber.take().payload()).isEqualTo("new");
            device.close();
        }
    }

    @Test
    @Normative({"MQTT-4.3.2-2", "MQTT-4.3.3-2"})
    void aPublisherMayRepeatQos1WhenThePubAckIsLost() {
        try (Device subscriber = Device.clean(server, "at-least-watcher").subscribed("Norm/at-least", 1)) {
            Device device = Device.firstStored(server, "at-least");
            device.send(publish("Norm/at-least", 1, 7, "x")).expect(pubAck(7)).close();
            device = Device.returned(server, "at-least");
            device.send(publishWithFlags(DUP | 2, "Norm/at-least", 7, "x"))
                    .expect(pubAck(7))
                    .close();
            assertThat(subscriber.take().payload()).isEqualTo("x");
            assertThat(subscriber.take().payload()).isEqualTo("x");
            subscriber.expectNothing();
        }
    }

    @Test
    @Normative({"MQTT-4.3.2-1", "MQTT-4.3.3-1"})
    void anAcknowledgementOfAnotherKindOrForNothingChangesNothing() {
        try (Device publisher = Device.clean(server, "foreign-publisher")) {
            Device device = Device.firstStored(server, "foreign").subscribed("Norm/foreign", 2);
            publisher.published("Norm/foreign", 1, "one");
            publisher.published("Norm/foreign", 2, "two");
            int one = device.receive().packetId();
            int two = device.receive().packetId();
            device.send(pubComp(one), pubAck(two), pubComp(two), pubAck(4321), pubComp(4321));
            device.send(pubRec(4321)).expect(pubRel(4321)); // So that a client that knows it can finish it.
            device.close();
            device = Device.returned(server, "foreign");
            assertThat(device.receive().packetId()).isEqualTo(one);
            assertThat(device.receive().packetId()).isEqualTo(two);
            device.send(pubAck(one), pubRec(two)).expect(pubRel(two)).send(pubComp(two));
            device.expectNothing().close();
        }
    }

    @Test
    @Normative({"MQTT-2.3.1-4", "MQTT-4.3.2-1"})
    void noMoreThanTheWindowIsOnItsWayAndNoIdentifierIsUsedTwice() {
        try (Device device = Device.clean(server, "window").subscribed("Norm/window", 1);
                Device publisher = Device.clean(server, "window-publisher")) {
            publishMany(publisher, "Norm/window", WINDOW + 100);
            Set<Integer> inUse = new HashSet<>();
            for (int i = 0; i < WINDOW; i++) {
                Publication received = device.receive();
                assertThat(received.payload()).isEqualTo(String.valueOf(i));
                assertThat(inUse.add(received.packetId())).isTrue();
            }
            device.pinged(); // Nothing more comes now.
            for (int i = WINDOW; i < WINDOW + 100; i++) {
                int free = inUse.iterator().next();
                inUse.remove(free);
                device.send(pubAck(free));
                Publication received = device.receive();
                assertThat(received.payload()).isEqualTo(String.valueOf(i));
                assertThat(inUse.add(received.packetId())).isTrue();
            }
            device.pinged();
        }
    }

    @Test
    @Normative({"MQTT-2.3.1-4", "MQTT-4.3.2-1"})
    void anIdentifierThatIsHeldIsLeftOutWhenTheOthersComeAroundAgain() throws Exception {
        int messages = 66_000;
        try (Device device = Device.clean(server, "around").subscribed("Norm/around", 1);
                Device publisher = Device.clean(server, "around-publisher")) {
            publisher.published("Norm/around", 1, "held");
            int held = device.receive().packetId();
            Thread publishing = new Thread(() -> publishMany(publisher, "Norm/around", messages));
            publishing.start();
            Set<Integer> seen = new HashSet<>();
            StringBuilder acknowledgements = new StringBuilder();
            for (int i = 0; i < messages; i++) {
                int id = device.receive().packetId();
                assertThat(id).isBetween(1, 65_535).isNotEqualTo(held);
                seen.add(id);
                acknowledgements.append(pubAck(id));
                if (i % 100 == 99) {
                    device.send(acknowledgements.toString());
                    acknowledgements.setLength(0);
                }
            }
            publishing.join();
            assertThat(seen).hasSize(65_534);
        }
    }

    /** The payloads are the numbers from 0 on. */
    private static void publishMany(Device publisher, String topic, int count) {
        for (int from = 0; from < count; from += 500) {
            StringBuilder packets = new StringBuilder();
            StringBuilder acknowledgements = new StringBuilder();
            for (int i = from; i < Math.min(from + 500, count); i++) {
                packets.append(publish(topic, 1, i % 500 + 1, String.valueOf(i)));
                acknowledgements.append(pubAck(i % 500 + 1));
            }
            publisher.send(packets.toString()).expect(acknowledgements.toString());
        }
    }

    @Test
    @Normative({"MQTT-4.6.0-5", "MQTT-4.6.0-6", "MQTT-4.6.0-2", "MQTT-4.6.0-3"})
    void eachPublishersMessagesOfATopicKeepTheirOrderAndSoDoTheirAcknowledgements() throws Exception {
        int publishers = 4;
        int messages = 250;
        try (Device subscriber = Device.clean(server, "order").subscribed("Norm/order/#", 2)) {
            List<Thread> threads = new ArrayList<>();
            for (int p = 0; p < publishers; p++) {
                Device publisher = Device.clean(server, "order-" + p);
                String name = "p" + p + ":";
                threads.add(new Thread(() -> publishMixed(publisher, name, messages)));
            }
            threads.forEach(Thread::start);
            List<Publication> received = new ArrayList<>();
            for (int i = 0; i < publishers * messages; i++) {
                Publication next = subscriber.receive();
                received.add(next);
                if (next.qos() == 1) {
                    subscriber.send(pubAck(next.packetId()));
                }
            }
            for (Thread thread : threads) {
                thread.join();
            }
            for (int p = 0; p < publishers; p++) {
                String name = "p" + p + ":";
                List<Integer> order = received.stream()
                        .map(Publication::payload)
                        .filter(payload -> payload.startsWith(name))
                        .map(payload -> Integer.valueOf(payload.substring(name.length())))
                        .toList();
                assertThat(order).as(name).hasSize(messages).isSorted();
            }
            assertPubRelsComeInTheOrderOfPubRecs(subscriber, received);
        }
    }

    /** Over one topic, with levels that take turns, all in one write. */
    private static void publishMixed(Device publisher, String name, int messages) {
        StringBuilder packets = new StringBuilder();
        StringBuilder acknowledgements = new StringBuilder();
        for (int i = 0; i < messages; i++) {
            int qos = i % 3;
            packets.append(publishWithFlags(qos << 1, "Norm/order/all", qos == 0 ? 0 : i, name + i));
            acknowledgements.append(qos == 0 ? "" : qos == 1 ? pubAck(i) : pubRec(i));
        }
        publisher.send(packets.toString()).expect(acknowledgements.toString());
    }

    /** [MQTT-4.6.0-4], in an order that is not that of the messages. */
    private static void assertPubRelsComeInTheOrderOfPubRecs(Device subscriber, List<Publication> received) {
        StringBuilder pubRecs = new StringBuilder();
        StringBuilder pubRels = new StringBuilder();
        for (int i = received.size() - 1; i >= 0; i--) {
            if (received.get(i).qos() == 2) {
                pubRecs.append(pubRec(received.get(i).packetId()));
                pubRels.append(pubRel(received.get(i).packetId()));
            }
        }
        subscriber.send(pubRecs.toString()).expect(pubRels.toString());
    }

    @Test
    @Normative("MQTT-4.6.0-4")
    void pubRelsComeInTheOrderOfThePubRecsAlsoForAStoredSession() {
        try (Device publisher = Device.clean(server, "release-publisher");
                Device device = Device.firstStored(server, "release").subscribed("Norm/release", 2)) {
            List<Publication> received = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                publisher.published("Norm/release", 2, "m" + i);
                received.add(device.receive());
            }
            assertPubRelsComeInTheOrderOfPubRecs(device, received);
        }
    }

    @Test
    @Normative("MQTT-4.5.0-1")
    void aMessageReachesEveryClientWithAMatchingSubscriptionWhetherConnectedOrNot() {
        Device.firstStored(server, "every-away").subscribed("Norm/every/#", 1).disconnect();
        try (Device publisher = Device.clean(server, "every-publisher");
                Device clean = Device.clean(server, "every-clean").subscribed("Norm/every/a", 1);
                Device stored = Device.firstStored(server, "every-stored").subscribed("Norm/+/a", 1)) {
            publisher.published("Norm/every/a", 1, "x");
            assertThat(clean.take().payload()).isEqualTo("x");
            assertThat(stored.take().payload()).isEqualTo("x");
        }
        try (Device away = Device.returned(server, "every-away")) {
            assertThat(away.take().payload()).isEqualTo("x");
        }
    }
}
