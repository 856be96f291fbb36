package isthmus.gateway;

import static isthmus.gateway.harness.TestClient.connectPacket;
import static isthmus.gateway.harness.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import isthmus.gateway.harness.TestClient;
import isthmus.gateway.harness.WithGateway;
import isthmus.gateway.spi.ConnectionEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is online: takeover, events, Wills. */
class PresenceTest extends WithGateway {
    @Test
    void aSecondConnectionTakesTheClientOver() {
        TestClient first = connected(A, false);
        first.subscribe(1, "T/#");
        TestClient second = gateway.client();
        assertThat(second.connect(A, false)).as("session present").isTrue();
        first.expectClosed();
        second.publish("T/me", 1, 3, "still subscribed");
        assertThat(second.receive().fixedHeader().messageType()).isEqualTo(MqttMessageType.PUBACK);
        assertThat(text(second.receivePublish())).isEqualTo("still subscribed");
        assertThat(gateway.events)
                .extracting(ConnectionEvent::type)
                .containsExactly(
                        ConnectionEvent.Type.CONNECT, ConnectionEvent.Type.TCP_CLEAN, ConnectionEvent.Type.CONNECT);
        assertThat(gateway.events.get(0).channelId())
                .matches("[0-9a-f]{32}")
                .isEqualTo(gateway.events.get(1).channelId())
                .isNotEqualTo(gateway.events.get(2).channelId());
        assertThat(gateway.events)
                .extracting(ConnectionEvent::eventIndex)
                .isSorted()
                .doesNotHaveDuplicates();
        second.disconnect();
        await().until(() -> gateway.events.size() == 5);
        assertThat(gateway.events.subList(3, 5))
                .extracting(ConnectionEvent::type)
                .containsExactly(ConnectionEvent.Type.DISCONNECT, ConnectionEvent.Type.TCP_CLEAN);
    }

    @Test
    void tenConnectionsThatRaceForOneClientLeaveOne() {
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            TestClient client = gateway.client();
            client.send(connectPacket(A, true).build());
            clients.add(client);
        }
        await().until(() -> gateway.gateway().counters().openConnections() == 1);
        await().until(() -> gateway.events.stream()
                        .filter(e -> e.type() == ConnectionEvent.Type.TCP_CLEAN)
                        .count()
                == gateway.events.stream()
                                .filter(e -> e.type() == ConnectionEvent.Type.CONNECT)
                                .count()
                        - 1);
        clients.forEach(TestClient::close);
    }

    @Test
    void theWillIsPublishedUnlessTheClientTookItsLeave() {
        try (TestClient watcher = connected(B, true)) {
            watcher.subscribe(1, "T/will");
            TestClient polite = gateway.client();
            polite.connect(A, true, PresenceTest::withWill);
            polite.disconnect();
            TestClient lost = gateway.client();
            lost.connect(A, true, PresenceTest::withWill);
            lost.close();
            assertThat(text(watcher.receivePublish())).isEqualTo("gone");
            watcher.expectNothing();
        }
    }

    private static void withWill(MqttMessageBuilders.ConnectBuilder connect) {
        connect.willFlag(true)
                .willTopic("T/will")
                .willQoS(MqttQoS.AT_LEAST_ONCE)
                .willMessage("gone".getBytes(StandardCharsets.UTF_8));
    }
}
