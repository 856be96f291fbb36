package isthmus.gateway;

import static isthmus.gateway.harness.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import isthmus.gateway.harness.TestClient;
import isthmus.gateway.harness.WithGateway;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages for one client. */
class P2pTest extends WithGateway {
    private static final String C = "GID_Test@@@c";
    private static final String D = "GID_Test@@@d";

    @Test
    void p2pReachesItsTargetAndNobodyElse() {
        try (TestClient target = connected(A, true);
                TestClient curious = connected(B, true);
                TestClient sender = connected(C, true)) {
            assertThat(curious.subscribe(1, "#", "T/#", "T/p2p/#")).containsExactly(1, 1, 1);
            sender.publish("T/p2p/" + A, 1, 1, "psst");
            sender.expect(MqttMessageType.PUBACK, 1);
            MqttPublishMessage received = target.receivePublish();
            assertThat(text(received)).isEqualTo("psst");
            assertThat(received.variableHeader().topicName()).isEqualTo("T/p2p/" + A);
            curious.expectNothing();
        }
    }

    @Test
    void p2pOfAStoredSenderWaitsForAnAbsentTarget() {
        try (TestClient sender = connected(B, false)) {
            sender.publish("T/p2p/" + A, 1, 1, "later");
            sender.expect(MqttMessageType.PUBACK, 1);
        }
        try (TestClient target = connected(A, true)) {
            MqttPublishMessage received = target.receivePublish();
            assertThat(text(received)).isEqualTo("later");
            target.ack(MqttMessageType.PUBACK, received.variableHeader().packetId());
            target.disconnect();
        }
        try (TestClient again = connected(A, true)) {
            again.expectNothing();
        }
    }

    @Test
    void anInboxGoesThatIsEmptyAndThatNoStoredSessionReads() {
        try (TestClient sender = connected(B, false)) {
            for (String target : List.of(A, C)) {
                sender.publish("T/p2p/" + target, 1, 1, "kept");
                sender.expect(MqttMessageType.PUBACK, 1);
            }
        }
        receiveKept(A);
        try (TestClient stored = connected(D, false)) {
            stored.subscribe(1, "T/d");
            stored.disconnect();
        }
        awaitInboxes(B, C, D); // the sessions of B and D are stored
        connected(D, true).disconnect();
        awaitInboxes(B, C);
        receiveKept(C);
        awaitInboxes(B);

        try (TestClient sender = connected(B, false)) {
            sender.publish("T/p2p/" + D, 1, 1, "kept");
            sender.expect(MqttMessageType.PUBACK, 1);
        }
        try (TestClient stored = connected(D, false)) {
            assertThat(text(stored.receivePublish())).isEqualTo("kept");
        }
    }

    private void receiveKept(String clientId) {
        try (TestClient target = connected(clientId, true)) {
            MqttPublishMessage received = target.receivePublish();
            assertThat(text(received)).isEqualTo("kept");
            target.ack(MqttMessageType.PUBACK, received.variableHeader().packetId());
            target.disconnect();
        }
    }

    private void awaitInboxes(String... clientIds) {
        await().untilAsserted(() -> {
            gateway.gateway().upkeepNow();
            assertThat(inboxes()).containsExactlyInAnyOrder(clientIds);
        });
    }

    private List<String> inboxes() {
        return gateway.store().filters().keySet().stream()
                .filter(name -> name.startsWith("#inbox/"))
                .map(name -> name.substring("#inbox/".length()))
                .toList();
    }

    @Test
    void whatAStoredSessionAcknowledgedDoesNotComeAgainToACleanOne() {
        try (TestClient target = connected(A, false);
                TestClient sender = connected(B, false)) {
            sender.publish("T/p2p/" + A, 1, 1, "first");
            sender.publish("T/p2p/" + A, 1, 2, "second");
            target.ack(
                    MqttMessageType.PUBACK,
                    target.receivePublish().variableHeader().packetId());
            target.receivePublish();
            target.disconnect();
        }
        gateway = gateway.restarted();
        try (TestClient back = connected(A, false)) {
            MqttPublishMessage again = back.receivePublish();
            assertThat(text(again)).isEqualTo("second");
            back.ack(MqttMessageType.PUBACK, again.variableHeader().packetId());
            back.disconnect();
        }
        try (TestClient clean = connected(A, true)) {
            clean.expectNothing();
        }
    }
}
