package isthmus.conformance.normative;

import static isthmus.conformance.fixture.Packets.PINGREQ;
import static isthmus.conformance.fixture.Packets.pubAck;
import static isthmus.conformance.fixture.Packets.pubComp;
import static isthmus.conformance.fixture.Packets.pubRec;
import static isthmus.conformance.fixture.Packets.pubRel;
import static isthmus.conformance.fixture.Packets.publish;
import static isthmus.conformance.fixture.Packets.publishWithFlags;
import static isthmus.conformance.fixture.Packets.subscribe;
import static isthmus.conformance.fixture.Packets.unsubscribe;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.Publication;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 3.3: PUBLISH, but for retained messages. */
@ExtendWith(SharedServer.class)
class PublishTest {
    private static final int DUP = 8;

    private final TestServer server;

    PublishTest(TestServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "0, 2", "1, 0", "1, 1", "1, 2", "2, 0", "2, 1", "2, 2"})
    @Normative({"MQTT-3.8.4-6", "MQTT-3.3.4-1", "MQTT-4.3.1-1", "MQTT-4.3.2-1", "MQTT-4.3.3-1"})
    void aMessageIsDeliveredAtTheLowerQosOfMessageAndSubscription(int published, int subscribed) {
        String topic = "Norm/min/" + published + subscribed;
        try (Device publisher = Device.clean(server, "min-publisher");
                Device subscriber = Device.clean(server, "min").subscribed(topic, subscribed)) {
            publisher.published(topic, published, "x");
            Publication received = subscriber.receive();
            int qos = Math.min(published, subscribed);
            assertThat(received).isEqualTo(new Publication(false, qos, false, topic, received.packetId(), "x"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Normative({"MQTT-3.3.1-3", "MQTT-3.3.1-1"})
    void theDupOfAPublisherIsNotPassedOn(int qos) {
        try (Device publisher = Device.clean(server, "dup-publisher");
                Device subscriber = Device.clean(server, "dup").subscribed("Norm/dup", 2)) {
            publisher.send(publishWithFlags(DUP | qos << 1, "Norm/dup", 5, "repeated"));
            assertThat(subscriber.receive().dup()).isFalse();
        }
    }

    @Test
    @Normative({"MQTT-3.3.5-1", "MQTT-3.3.2-3"})
    void subscriptionsThatOverlapBringAMessageOnceAtTheHighestQos() {
        try (Device publisher = Device.clean(server, "overlap-publisher");
                Device subscriber = Device.clean(server, "overlap")) {
            subscriber
                    .subscribed("Norm/overlap/#", 0)
                    .subscribed("Norm/overlap/+", 2)
                    .subscribed("Norm/overlap/a", 1)
                    .subscribed("+/overlap/b", 1);
            publisher.published("Norm/overlap/a", 2, "all three");
            assertThat(subscriber.takeTwice().topic()).isEqualTo("Norm/overlap/a");
            subscriber.expectNothing().send(unsubscribe(1, "Norm/overlap/+")).expect("b0020001");
            publisher.published("Norm/overlap/a", 2, "two");
            assertThat(subscriber.take().payload()).isEqualTo("two");
            subscriber.expectNothing();
        }
    }

    @Test
    @Normative({"MQTT-3.3.1-4", "MQTT-4.8.0-1"})
    void aViolationEndsItsConnectionAndNothingBehindItIsTaken() {
        try (Device subscriber = Device.clean(server, "violation-watcher").subscribed("Norm/violation", 2);
                Device publisher = Device.clean(server, "violation")) {
            publisher.send(
                    publish("Norm/violation", 1, 1, "before"),
                    publishWithFlags(6, "Norm/violation", 2, "QoS 3"),
                    publish("Norm/violation", 1, 3, "behind"));
            assertThat(publisher.client().receiveToEnd()).isIn("", pubAck(1));
            assertThat(subscriber.take().payload()).isEqualTo("before");
            subscriber.expectNothing();
        }
    }

    @Test
    @Normative("MQTT-4.8.0-1")
    void aViolationBehindASubscriptionComesAfterTheAnswerToIt() {
        try (Device device = Device.clean(server, "violation-order")) {
            for (int i = 0; i < 20; i++) {
                Device.clean(server, "violation-order")
                        .send(subscribe(1, "Norm/order", 1), PINGREQ, "f000")
                        .expect("9003000101", "d000")
                        .expectClosed();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "#", "Norm/+", "Norm/#", "Norm/a+", "Norm/a#b", "+/a", "Norm//+/", "Norm/#/a"})
    @Normative({"MQTT-3.3.2-2", "MQTT-4.7.1-1", "MQTT-4.7.3-1"})
    void anEmptyTopicNameOrAWildcardInItEndsTheConnection(String topic) {
        for (int qos = 0; qos < 3; qos++) {
            try (Device device = Device.clean(server, "name-of-topic")) {
                device.send(publishWithFlags(qos << 1, topic, qos == 0 ? 0 : 1, "x"), PINGREQ)
                        .expectClosed();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    @Normative("MQTT-3.3.5-2")
    void whatAClientMayNotPublishIsNotAcknowledgedAndEndsTheConnection(int qos) {
        try (Device device = Device.clean(server, "not-allowed")) {
            device.send(publishWithFlags(qos << 1, "NoSuchTopic/a", qos == 0 ? 0 : 1, "x"))
                    .expectClosed();
        }
    }

    @Test
    @Normative({"MQTT-4.3.2-2", "MQTT-4.3.3-2"})
    void anIdentifierThatIsFreeAgainIsANewMessageWhateverItsDup() {
        try (Device subscriber = Device.clean(server, "free-watcher").subscribed("Norm/free", 2);
                Device publisher = Device.clean(server, "free")) {
            for (int round = 0; round < 3; round++) {
                publisher.send(publishWithFlags(DUP | 2, "Norm/free", 1, "one")).expect(pubAck(1));
                assertThat(subscriber.take().payload()).isEqualTo("one");
                publisher.send(publishWithFlags(DUP | 4, "Norm/free", 1, "two")).expect(pubRec(1));
                publisher.send(pubRel(1)).expect(pubComp(1));
                assertThat(subscriber.takeTwice().payload()).isEqualTo("two");
            }
            subscriber.expectNothing();
        }
    }

    @Test
    @Normative("MQTT-4.3.3-2")
    void aRepeatedQos2MessageIsAcknowledgedEachTimeAndDeliveredOnce() {
        try (Device subscriber = Device.clean(server, "repeated-watcher").subscribed("Norm/repeated", 2);
                Device publisher = Device.clean(server, "repeated")) {
            publisher.send(publish("Norm/repeated", 2, 1, "x")).expect(pubRec(1));
            for (int i = 0; i < 3; i++) {
                publisher
                        .send(publishWithFlags(DUP | 4, "Norm/repeated", 1, "x"))
                        .expect(pubRec(1));
            }
            publisher.send(pubRel(1)).expect(pubComp(1)).send(pubRel(1)).expect(pubComp(1));
            assertThat(subscriber.takeTwice().payload()).isEqualTo("x");
            subscriber.expectNothing();
        }
    }
}
