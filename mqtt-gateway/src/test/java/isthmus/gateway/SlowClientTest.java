package isthmus.gateway;

import static isthmus.gateway.harness.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import isthmus.gateway.harness.FakeLog;
import isthmus.gateway.harness.GatewayFixture;
import isthmus.gateway.harness.TestClient;
import isthmus.gateway.harness.WithGateway;
import isthmus.gateway.session.DisconnectReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients that do not read, do not speak or do not keep up. */
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
    void aClientIsSilentForTooLong() {
        try (TestClient client = gateway.client()) {
            client.connect(A, true, connect -> connect.keepAlive(1));
            client.expectClosed();
        }
        assertThat(gateway.gateway().counters().disconnects(DisconnectReason.KEEP_ALIVE_TIMEOUT))
                .isEqualTo(1);
    }
}
