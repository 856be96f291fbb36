package isthmus.gateway;

import static isthmus.gateway.harness.TestClient.connectPacket;
import static isthmus.gateway.harness.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import isthmus.gateway.harness.Normative;
import isthmus.gateway.harness.TestClient;
import isthmus.gateway.harness.WithGateway;
import isthmus.gateway.spi.ConnectionEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What survives the connection (Clean Session 0). */
@Tag("integration")
class StoredSessionTest extends WithGateway {
    @Test
    @Normative({"MQTT-3.1.2-5", "MQTT-4.1.0-1"})
    void aStoredSessionGetsWhatItMissedAlsoAfterARestart() {
        TestClient subscriber = connected(A, false);
        subscriber.subscribe(2, "T/news/#");
        subscriber.disconnect();
        try (TestClient publisher = connected(B, true)) {
            for (int i = 1; i <= 200; i++) {
                publisher.publish("T/news/" + i % 3, 1 + i % 2, i, "n" + i);
            }
            for (int i = 1; i <= 200; i++) {
                publisher.expect(i % 2 == 0 ? MqttMessageType.PUBACK : MqttMessageType.PUBREC, i);
            }
        }
        gateway = gateway.restarted();
        try (TestClient back = gateway.client()) {
            assertThat(back.connect(A, false)).isTrue();
            for (int i = 1; i <= 200; i++) {
                assertThat(text(back.receivePublish())).isEqualTo("n" + i);
            }
            back.expectNothing();
        }
    }

    @Test
    @Normative({"MQTT-4.4.0-1", "MQTT-4.1.0-1"})
    void whatWasNotAcknowledgedIsSentAgainWithDupAndTheSameIdentifier() {
        TestClient subscriber = connected(A, false);
        subscriber.subscribe(2, "T/#");
        TestClient publisher = connected(B, true);
        publisher.publish("T/1", 1, 1, "one");
        publisher.publish("T/2", 2, 2, "two");
        publisher.publish("T/3", 2, 3, "three");
        int one = subscriber.receivePublish().variableHeader().packetId();
        int two = subscriber.receivePublish().variableHeader().packetId();
        int three = subscriber.receivePublish().variableHeader().packetId();
        subscriber.ack(MqttMessageType.PUBREC, three);
        subscriber.expect(MqttMessageType.PUBREL, three);
        subscriber.close();
        await().until(() -> gateway.gateway().counters().openConnections() == 1);
        gateway = gateway.restarted();

        try (TestClient back = gateway.client()) {
            assertThat(back.connect(A, false)).isTrue();
            back.expect(MqttMessageType.PUBREL, three);
            MqttPublishMessage again = back.receivePublish();
            assertThat(text(again)).isEqualTo("one");
            assertThat(again.fixedHeader().isDup()).isTrue();
            assertThat(again.variableHeader().packetId()).isEqualTo(one);
            MqttPublishMessage second = back.receivePublish();
            assertThat(text(second)).isEqualTo("two");
            assertThat(second.variableHeader().packetId()).isEqualTo(two);
            back.ack(MqttMessageType.PUBACK, one);
            back.ack(MqttMessageType.PUBREC, two);
            back.expect(MqttMessageType.PUBREL, two);
            back.ack(MqttMessageType.PUBCOMP, two);
            back.ack(MqttMessageType.PUBCOMP, three);
            back.expectNothing();
            back.close();
        }
        try (TestClient third = connected(A, false)) {
            third.expectNothing();
        }
    }

    @Test
    void aSessionDoesNotAgeWhileItsClientIsThere() {
        connected(A, false).disconnect();
        await().until(() -> leftMillis() > 0);
        try (TestClient back = connected(A, false)) {
            await().until(() -> leftMillis() == 0);
            back.disconnect();
        }
        await().until(() -> leftMillis() > 0);
    }

    /** As a restart after a kill would find it. */
    private long leftMillis() {
        return gateway.store().sessions().get(0).leftMillis();
    }

    @Test
    void aQos2MessageThatTheLogHadWhenTheServerDiedIsNotTakenAgain() {
        TestClient publisher = connected(A, false);
        gateway.log.holdFeed();
        publisher.publish("T/x", 2, 7, "once");
        await().until(() -> gateway.log.records().size() == 1);
        publisher.expectNothing();
        publisher.close();
        gateway = gateway.restarted();

        try (TestClient back = gateway.client()) {
            assertThat(back.connect(A, false)).isTrue();
            back.publish("T/x", 2, 7, "once");
            back.expect(MqttMessageType.PUBREC, 7);
            assertThat(gateway.log.records()).hasSize(1);
            back.ack(MqttMessageType.PUBREL, 7);
            back.expect(MqttMessageType.PUBCOMP, 7);
            back.publish("T/x", 2, 7, "another");
            back.expect(MqttMessageType.PUBREC, 7);
            assertThat(gateway.log.records()).hasSize(2);
        }
    }

    @Test
    void cleanSessionIsAnsweredWhenTheStoredOneCannotComeBackAnyMore() {
        TestClient stored = connected(A, false);
        stored.subscribe(1, "T/x");
        stored.disconnect();
        await().until(() -> gateway.gateway().counters().openConnections() == 0);
        gateway.log.holdFeed();
        try (TestClient clean = gateway.client()) {
            clean.send(connectPacket(A, true).build());
            await().until(() -> gateway.log.heldTasks() > 0);
            assertThat(gateway.events.stream().map(ConnectionEvent::type))
                    .containsOnlyOnce(ConnectionEvent.Type.CONNECT);
            gateway.log.releaseFeed();
            assertThat(clean.receive().fixedHeader().messageType()).isEqualTo(MqttMessageType.CONNACK);
        }
    }

    @Test
    void cleanSessionForgetsEverything() {
        TestClient stored = connected(A, false);
        stored.subscribe(1, "T/#");
        stored.disconnect();
        try (TestClient clean = gateway.client()) {
            assertThat(clean.connect(A, true)).isFalse();
            clean.publish("T/x", 1, 1, "x");
            clean.expect(MqttMessageType.PUBACK, 1);
            clean.expectNothing();
            clean.disconnect();
        }
        try (TestClient again = gateway.client()) {
            assertThat(again.connect(A, false)).isFalse();
            again.expectNothing();
        }
    }

    @Test
    void unsubscribingEndsDeliveryAlsoForAStoredSession() {
        TestClient client = connected(A, false);
        client.subscribe(1, "T/a", "T/b");
        client.send(MqttMessageBuilders.unsubscribe()
                .messageId(4)
                .addTopicFilter("T/a")
                .build());
        client.expect(MqttMessageType.UNSUBACK, 4);
        client.disconnect();
        try (TestClient publisher = connected(B, true)) {
            publisher.publish("T/a", 1, 1, "a");
            publisher.publish("T/b", 1, 2, "b");
            publisher.expect(MqttMessageType.PUBACK, 1);
            publisher.expect(MqttMessageType.PUBACK, 2);
        }
        try (TestClient back = connected(A, false)) {
            assertThat(text(back.receivePublish())).isEqualTo("b");
            back.expectNothing();
        }
    }
}
