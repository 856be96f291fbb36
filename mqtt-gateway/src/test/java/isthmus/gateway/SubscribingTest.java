package isthmus.gateway;

import static isthmus.gateway.harness.TestClient.connectPacket;
import static isthmus.gateway.harness.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import isthmus.gateway.harness.TestClient;
import isthmus.gateway.harness.WithGateway;
import org.junit.jupiter.api.Test;

/** SUBSCRIBE takes effect on the feed thread: what happens meanwhile. */
class SubscribingTest extends WithGateway {
    private static MqttSubscribeMessage subscribe(String filter) {
        return MqttMessageBuilders.subscribe()
                .messageId(7)
                .addSubscription(MqttQoS.AT_LEAST_ONCE, filter)
                .build();
    }

    private void publish(int count) {
        try (TestClient publisher = connected(B, true)) {
            for (int i = 1; i <= count; i++) {
                publisher.publish("T/x", 1, i, "m" + i);
                publisher.expect(MqttMessageType.PUBACK, i);
            }
        }
    }

    @Test
    void subscribingAgainWhileTheBacklogIsReadLosesNothing() {
        TestClient first = connected(A, false);
        first.subscribe(1, "T/#");
        first.disconnect();
        publish(3);
        await().until(() -> gateway.gateway().counters().openConnections() == 0);
        gateway.log.holdFeed();
        try (TestClient back = gateway.client()) {
            back.send(connectPacket(A, false).build(), subscribe("T/#"));
            assertThat(back.receive().fixedHeader().messageType()).isEqualTo(MqttMessageType.CONNACK);
            assertThat(gateway.log.heldTasks()).as("attach, subscribe").isEqualTo(2);
            gateway.log.stepFeed();
            for (int i = 1; i <= 3; i++) {
                assertThat(text(back.receivePublish())).isEqualTo("m" + i);
            }
            gateway.log.releaseFeed();
            assertThat(back.receive().fixedHeader().messageType()).isEqualTo(MqttMessageType.SUBACK);
            back.expectNothing();
        }
    }

    @Test
    void aSubscriptionMadeTwiceAtOnceOverTwoConnectionsKeepsWhatComesLater() {
        TestClient first = connected(A, false);
        gateway.log.holdFeed();
        first.send(subscribe("T/#"));
        await().until(() -> gateway.log.heldTasks() == 1);
        try (TestClient second = gateway.client()) {
            second.send(connectPacket(A, false).build(), subscribe("T/#"));
            assertThat(second.receive().fixedHeader().messageType()).isEqualTo(MqttMessageType.CONNACK);
            gateway.log.releaseFeed();
            assertThat(second.receive().fixedHeader().messageType()).isEqualTo(MqttMessageType.SUBACK);
            second.disconnect();
        }
        publish(2);
        try (TestClient third = connected(A, false)) {
            assertThat(text(third.receivePublish())).isEqualTo("m1");
            assertThat(text(third.receivePublish())).isEqualTo("m2");
            third.expectNothing();
        }
    }
}
