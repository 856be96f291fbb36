package isthmus.gateway;

import static isthmus.gateway.harness.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import isthmus.gateway.harness.FakeLog;
import isthmus.gateway.harness.GatewayFixture;
import isthmus.gateway.harness.TestClient;
import isthmus.gateway.harness.WithGateway;
import isthmus.gateway.session.DisconnectReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that do not read, do not speak or do not keep up. */
@Tag("integration")
class SlowClientTest extends WithGateway {
    @Test
    void aSlowSubscriberWithoutAStoredSessionLosesNothingAndHoldsLittle() {
        FakeLog log = gateway.log;
        gateway.close();
        gateway = new GatewayFixture(directory, new FakeLog(), GatewayFixture.limits(5, 10));
        assertThat(log.records()).isEmpty();
        try (TestClient subscriber = connected(A, true);
                TestClient publisher = connected(B, true)) {
            subscriber.subscribe(1, "T/#", "T/+/x");
            for (int i = 1; i <= 500; i++) {
                publisher.publish("T/" + i % 7 + "/x", 1, i, "m" + i);
            }
            for (int i = 1; i <= 500; i++) {
                publisher.expect(MqttMessageType.PUBACK, i);
            }
            for (int i = 1; i <= 500; i++) {
                MqttPublishMessage received = subscriber.receivePublish();
                assertThat(text(received)).isEqualTo("m" + i);
                subscriber.ack(MqttMessageType.PUBACK, received.variableHeader().packetId());
            }
            subscriber.expectNothing();
        }
    }

    @Test
    void whatASlowClientSubscribesToMeanwhileComesRetainedFirstAndThenLive() {
        gateway.close();
        gateway = new GatewayFixture(directory, new FakeLog(), GatewayFixture.limits(5, 10));
        try (TestClient subscriber = connected(A, true);
                TestClient publisher = connected(B, true)) {
            subscriber.subscribe(1, "T/a");
            publisher.publish("T/r", 1, 500, "old", true, false);
            publisher.expect(MqttMessageType.PUBACK, 500);
            for (int i = 1; i <= 300; i++) {
                publisher.publish("T/a", 1, i, "m" + i);
                publisher.expect(MqttMessageType.PUBACK, i);
            }
            List<String> received = new ArrayList<>();
            while (received.size() < 50) { // then it reads from the log, page by page
                received.add(acknowledged(subscriber));
            }
            subscriber.send(MqttMessageBuilders.subscribe()
                    .messageId(9)
                    .addSubscription(MqttQoS.AT_LEAST_ONCE, "T/r")
                    .build());
            for (MqttMessage next = subscriber.receive();
                    next.fixedHeader().messageType() != MqttMessageType.SUBACK;
                    next = subscriber.receive()) {
                received.add(acknowledged(subscriber, (MqttPublishMessage) next));
            }
            publisher.publish("T/r", 1, 501, "new", true, false);
            publisher.expect(MqttMessageType.PUBACK, 501);
            while (received.size() < 302) {
                received.add(acknowledged(subscriber));
            }
            subscriber.expectNothing();
            assertThat(received.stream().filter(each -> each.startsWith("m"))).hasSize(300);
            assertThat(received.indexOf("old")).isLessThan(received.indexOf("new"));
            assertThat(received).endsWith("m300", "new");
        }
    }

    @Test
    void aClientThatWasIdleForLongerThanTheLogRemembersMayFallBehind() {
        gateway.close();
        gateway = new GatewayFixture(directory, new FakeLog(), GatewayFixture.limits(5, 10));
        try (TestClient subscriber = connected(A, true);
                TestClient publisher = connected(B, true)) {
            subscriber.subscribe(1, "T/a");
            publisher.publish("T/a", 1, 1, "long ago");
            acknowledged(subscriber);
            publisher.expect(MqttMessageType.PUBACK, 1);
            gateway.log.forgetBefore(gateway.log.records().get(0).position() + 1);
            for (int i = 2; i <= 40; i++) {
                publisher.publish("T/a", 1, i, "m" + i);
                publisher.expect(MqttMessageType.PUBACK, i);
            }
            for (int i = 2; i <= 40; i++) {
                assertThat(acknowledged(subscriber)).isEqualTo("m" + i);
            }
        }
    }

    private static String acknowledged(TestClient client) {
        return acknowledged(client, client.receivePublish());
    }

    private static String acknowledged(TestClient client, MqttPublishMessage message) {
        client.ack(MqttMessageType.PUBACK, message.variableHeader().packetId());
        return text(message);
    }

    @Test
    void whoSendsNoWholeConnectInTimeIsDisconnected() {
        gateway.close();
        gateway = new GatewayFixture(directory, new FakeLog(), GatewayFixture.limits(10, 10, Duration.ofMillis(200)));
        try (TestClient silent = gateway.client();
                TestClient slow = gateway.client()) {
            slow.sendBytes(new byte[] {0x10, 0x20, 0x00});
            silent.expectClosed();
            slow.expectClosed();
        }
        assertThat(gateway.gateway().counters().disconnects(DisconnectReason.CONNECT_TIMEOUT))
                .isEqualTo(2);
    }

    @Test
    void aClientThatDoesNotReadItsAnswersIsNotReadEither() {
        try (TestClient client = gateway.client()) {
            client.connect(A, true, connect -> connect.keepAlive(1));
            client.stopReading();
            byte[] pings = new byte[64 * 1024];
            for (int i = 0; i < pings.length; i += 2) {
                pings[i] = (byte) 0xC0;
            }
            client.flood(pings, 500);
        }
        await().until(() -> gateway.gateway().counters().disconnects(DisconnectReason.KEEP_ALIVE_TIMEOUT) == 1);
    }

    @Test
    void aClientThatHasToWaitForTheServerIsNotSilent() {
        try (TestClient waiting = gateway.client();
                TestClient silent = gateway.client()) {
            waiting.connect(A, true, connect -> connect.keepAlive(1));
            gateway.log.holdFeed();
            waiting.send(MqttMessageBuilders.subscribe()
                    .messageId(9)
                    .addSubscription(MqttQoS.AT_LEAST_ONCE, "T/r")
                    .build());
            silent.connect(B, true, connect -> connect.keepAlive(1));
            silent.expectClosed();
            gateway.log.releaseFeed();
            assertThat(waiting.receive().fixedHeader().messageType()).isEqualTo(MqttMessageType.SUBACK);
        }
    }

    @Test
    void aClientIsSilentForTooLong() {
        try (TestClient client = gateway.client()) {
            client.connect(A, true, connect -> connect.keepAlive(1));
            client.expectClosed();
        }
        assertThat(gateway.gateway().counters().disconnects(DisconnectReason.KEEP_ALIVE_TIMEOUT))
                .isEqualTo(1);
    }
}
