package isthmus.gateway;

import static isthmus.gateway.harness.TestClient.connectPacket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import isthmus.gateway.harness.Normative;
import isthmus.gateway.harness.TestClient;
import isthmus.gateway.harness.WithGateway;
import isthmus.gateway.session.DisconnectReason;
import isthmus.gateway.spi.ConnectionEvent;
import isthmus.gateway.spi.LoggedMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** From a client to the log. */
class PublishingTest extends WithGateway {
    @Test
    @Normative("MQTT-4.3.3-2")
    void aRepeatedQos2MessageReachesTheLogOnce() {
        try (TestClient publisher = connected(A, true)) {
            publisher.publish("T/q2", 2, 5, "once", false, false);
            publisher.expect(MqttMessageType.PUBREC, 5);
            publisher.publish("T/q2", 2, 5, "once", false, true);
            publisher.expect(MqttMessageType.PUBREC, 5);
            publisher.ack(MqttMessageType.PUBREL, 5);
            publisher.expect(MqttMessageType.PUBCOMP, 5);
            assertThat(gateway.log.records()).hasSize(1);
        }
    }

    @Test
    void whatWasSentBeforeTheClientClosedIsTakenAlthoughItWaitedForNothing() {
        TestClient hasty = gateway.client();
        gateway.log.holdFeed();
        hasty.send(
                connectPacket(A, true)
                        .willFlag(true)
                        .willTopic("T/will")
                        .willMessage("gone".getBytes(StandardCharsets.UTF_8))
                        .build(),
                MqttMessageBuilders.subscribe()
                        .messageId(1)
                        .addSubscription(MqttQoS.AT_MOST_ONCE, "T/#")
                        .build(),
                MqttMessageBuilders.publish()
                        .topicName("T/x")
                        .qos(MqttQoS.AT_MOST_ONCE)
                        .payload(Unpooled.EMPTY_BUFFER)
                        .build(),
                MqttMessage.DISCONNECT);
        await().until(() -> gateway.log.heldTasks() == 2); // attach, subscribe
        hasty.close();
        connected(B, true).disconnect(); // both event loops have seen the end
        connected(B, true).disconnect();
        gateway.log.releaseFeed();
        await().until(() -> gateway.gateway().counters().disconnects(DisconnectReason.CLIENT_DISCONNECT) == 3);
        assertThat(gateway.log.records()).extracting(LoggedMessage::topic).containsExactly("T/x");
        assertThat(gateway.events)
                .filteredOn(each -> each.clientId().equals(A))
                .extracting(ConnectionEvent::type)
                .containsExactly(
                        ConnectionEvent.Type.CONNECT, ConnectionEvent.Type.DISCONNECT, ConnectionEvent.Type.TCP_CLEAN);
        assertThat(gateway.events)
                .allSatisfy(each -> assertThat(each.clientIp()).startsWith("127.0.0.1:"));
    }

    @Test
    void aBugThatComesWithAMessageEndsItsConnectionAndNotTheSession() {
        gateway.log.outcome(stored -> {
            throw new IllegalStateException("a bug");
        });
        try (TestClient unlucky = gateway.client()) {
            unlucky.send(
                    connectPacket(A, false).build(),
                    MqttMessageBuilders.publish()
                            .topicName("T/x")
                            .qos(MqttQoS.AT_MOST_ONCE)
                            .payload(Unpooled.EMPTY_BUFFER)
                            .build());
            unlucky.expectClosed();
        }
        gateway.log.outcome(stored -> stored);
        assertThat(gateway.gateway().counters().disconnects(DisconnectReason.INTERNAL_ERROR))
                .isEqualTo(1);
        try (TestClient again = gateway.client()) {
            assertThat(again.connect(A, false)).isTrue();
        }
    }

    @Test
    @Normative({"MQTT-4.8.0-2", "MQTT-4.3.2-2"})
    void whatTheLogDoesNotStoreIsNotAcknowledged() {
        gateway.log.outcome(stored -> CompletableFuture.failedFuture(new IllegalStateException("disk full")));
        try (TestClient publisher = connected(A, true)) {
            publisher.publish("T/x", 1, 1, "x");
            publisher.expectClosed();
        }
        assertThat(gateway.gateway().counters().disconnects(DisconnectReason.APPEND_FAILED))
                .isEqualTo(1);
    }

    @Test
    @Normative({"MQTT-4.6.0-2", "MQTT-4.6.0-3"})
    void acknowledgementsKeepTheOrderOfArrivalWhenTheLogAnswersOutOfOrder() {
        List<CompletableFuture<Void>> pending = new ArrayList<>();
        gateway.log.outcome(stored -> {
            CompletableFuture<Void> later = new CompletableFuture<>();
            pending.add(later);
            return later;
        });
        try (TestClient publisher = connected(A, true)) {
            publisher.publish("T/x", 1, 1, "x");
            publisher.publish("T/x", 2, 2, "x");
            publisher.publish("T/x", 1, 3, "x");
            await().until(() -> pending.size() == 3);
            pending.get(2).complete(null);
            pending.get(1).complete(null);
            publisher.expectNothing();
            pending.get(0).complete(null);
            publisher.expect(MqttMessageType.PUBACK, 1);
            publisher.expect(MqttMessageType.PUBREC, 2);
            publisher.expect(MqttMessageType.PUBACK, 3);
        }
    }

    @Test
    void whatFollowsAMessageThatTheLogRefusedIsNotStored() {
        AtomicInteger appends = new AtomicInteger();
        gateway.log.outcome(stored -> appends.incrementAndGet() == 1
                ? CompletableFuture.failedFuture(new IllegalStateException("disk full"))
                : stored);
        try (TestClient publisher = gateway.client()) {
            publisher.send(connectPacket(A, true).build(), publishPacket(1), publishPacket(2), publishPacket(3));
            assertThat(publisher.receive().fixedHeader().messageType()).isEqualTo(MqttMessageType.CONNACK);
            publisher.expectClosed();
        }
        assertThat(appends).hasValue(1);
    }

    private static MqttMessage publishPacket(int packetId) {
        return MqttMessageBuilders.publish()
                .topicName("T/x")
                .qos(MqttQoS.AT_LEAST_ONCE)
                .messageId(packetId)
                .payload(io.netty.buffer.Unpooled.EMPTY_BUFFER)
                .build();
    }
}
