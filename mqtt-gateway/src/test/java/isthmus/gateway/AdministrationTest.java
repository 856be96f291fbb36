package isthmus.gateway;

import static isthmus.gateway.harness.TestClient.connectPacket;
import static isthmus.gateway.harness.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import isthmus.gateway.admin.ClientConnection;
import isthmus.gateway.admin.ClientSearch;
import isthmus.gateway.admin.ClientStatus;
import isthmus.gateway.admin.HeldSubscription;
import isthmus.gateway.admin.LastDisconnect;
import isthmus.gateway.admin.PacketListener;
import isthmus.gateway.harness.FakeLog;
import isthmus.gateway.harness.GatewayFixture;
import isthmus.gateway.harness.TestClient;
import isthmus.gateway.harness.TestDirectory;
import isthmus.gateway.harness.WithGateway;
import isthmus.gateway.limits.Limit;
import isthmus.gateway.routing.TopicCounts;
import isthmus.gateway.session.ClientAdministration;
import isthmus.gateway.session.DisconnectReason;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.StoreChange;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an operator sees of clients and does with them. */
@Tag("integration")
class AdministrationTest extends WithGateway {
    private static final ClientSearch EVERYBODY = new ClientSearch(null, null, null, null);

    private ClientAdministration clients() {
        return gateway.gateway().administration().clients();
    }

    private ClientStatus show(String clientId) {
        return clients().show(clientId).orElseThrow();
    }

    @Test
    void aClientIsShownWithItsConnectionAndSubscriptions() {
        try (TestClient client = connected(A, false)) {
            client.subscribe(1, "T/a");
            client.subscribe(2, "T/#");
            ClientStatus status = show(A);
            ClientConnection connection = status.connection();
            assertThat(connection).isNotNull();
            assertThat(connection.address()).startsWith("127.0.0.1:");
            assertThat(connection.account()).isEqualTo("AK");
            assertThat(connection.cleanSession()).isFalse();
            assertThat(status.stored()).isTrue();
            assertThat(status.subscriptions())
                    .containsExactly(
                            new HeldSubscription("T/a", QoS.AT_LEAST_ONCE),
                            new HeldSubscription("T/#", QoS.EXACTLY_ONCE));
            assertThat(ClientAdministration.matching(status, "T/a")).hasSize(2);
            assertThat(ClientAdministration.matching(status, "T/b")).hasSize(1);
        }
    }

    @Test
    void whatIsNotAcknowledgedIsInFlightAndWhatWaitsInTheLogIsBacklog() {
        TestClient subscriber = connected(A, false);
        subscriber.subscribe(1, "T/a");
        TestClient publisher = connected(B, true);
        publisher.publish("T/a", 1, 1, "one");
        publisher.expect(MqttMessageType.PUBACK, 1);
        int id = subscriber.receivePublish().variableHeader().packetId();
        await().until(() -> show(A).inFlight() == 1);
        subscriber.ack(MqttMessageType.PUBACK, id);
        await().until(() -> show(A).inFlight() == 0);
        subscriber.disconnect();
        await().until(() -> !show(A).isOnline());
        for (int i = 2; i < 12; i++) {
            publisher.publish("T/a", 1, i, "more");
            publisher.expect(MqttMessageType.PUBACK, i);
        }
        await().until(() -> clients().backlog(A) == 10);
        assertThat(clients().backlog(B)).isZero();
        publisher.close();
    }

    @Test
    void howAConnectionEndedIsKnownEvenWithoutASession() {
        TestClient client = connected(A, true);
        client.disconnect();
        await().until(() -> !show(A).isOnline());
        LastDisconnect last = show(A).lastDisconnect();
        assertThat(last).isNotNull();
        assertThat(last.reason()).isEqualTo("client_disconnect");
        assertThat(last.address()).startsWith("127.0.0.1:");
        assertThat(clients().find(EVERYBODY, "", 10)).isEmpty();
    }

    @Test
    void anOperatorDisconnectsAClientWhichMayComeBack() {
        TestClient client = connected(A, true);
        assertThat(clients()
                        .disconnect(A, DisconnectReason.OPERATOR, "test")
                        .toCompletableFuture()
                        .join())
                .isTrue();
        client.expectClosed();
        assertThat(clients()
                        .disconnect(A, DisconnectReason.OPERATOR, "test")
                        .toCompletableFuture()
                        .join())
                .isFalse();
        assertThat(gateway.gateway().counters().disconnects(DisconnectReason.OPERATOR))
                .isEqualTo(1);
        connected(A, true).close();
    }

    @Test
    void theWillOfAClientThatAnOperatorDisconnectsIsPublished() {
        try (TestClient watcher = connected(B, true);
                TestClient client = gateway.client()) {
            watcher.subscribe(1, "T/will");
            client.connect(A, true, connect -> connect.willFlag(true)
                    .willQoS(MqttQoS.AT_LEAST_ONCE)
                    .willTopic("T/will")
                    .willMessage("gone".getBytes(StandardCharsets.UTF_8)));
            clients().disconnect(A, DisconnectReason.OPERATOR, "test");
            client.expectClosed();
            assertThat(text(watcher.receivePublish())).isEqualTo("gone");
        }
    }

    @Test
    void aDeletedSessionIsGoneForGood() {
        TestClient client = connected(A, false);
        client.subscribe(1, "T/a");
        assertThat(clients().deleteSession(A).toCompletableFuture().join()).isTrue();
        client.expectClosed();
        assertThat(clients().deleteSession(A).toCompletableFuture().join()).isFalse();
        LastDisconnect last = show(A).lastDisconnect();
        assertThat(last).isNotNull();
        assertThat(last.reason()).isEqualTo("session_deleted");
        assertThat(gateway.gateway().administration().capacity().subscriptions().taken())
                .isZero();
        gateway = gateway.restarted();
        try (TestClient back = gateway.client()) {
            assertThat(back.connect(A, false)).isFalse();
        }
    }

    @Test
    void aBannedClientIsCutOffAndNotLetIn() {
        TestClient client = connected(A, true);
        clients().ban(A, "test");
        client.expectClosed();
        try (TestClient again = gateway.client()) {
            again.send(connectPacket(A, true).build());
            MqttConnAckMessage answer = (MqttConnAckMessage) again.receive();
            assertThat(answer.variableHeader().connectReturnCode())
                    .isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
        }
        await().until(() -> gateway.gateway().counters().disconnects(DisconnectReason.BANNED) == 2);
        clients().unban(A);
        connected(A, true).close();
    }

    @Test
    void aParentTopicIsMadeForTheWillOfWhoIsLetInAndIsCountedWhenThereIsNoRoom() {
        gateway.close();
        TestDirectory resources = new TestDirectory();
        resources.makeParentTopics(1);
        gateway = new GatewayFixture(directory, new FakeLog(), resources, Clock.systemUTC());
        clients().ban(A, "test");
        try (TestClient banned = gateway.client()) {
            banned.send(withWillTo("New", A));
            banned.expectClosed();
        }
        assertThat(resources.topics).doesNotContain("New");
        try (TestClient client = gateway.client();
                TestClient tooMany = gateway.client()) {
            client.send(withWillTo("New", B));
            client.receive();
            assertThat(resources.topics).contains("New");
            tooMany.send(withWillTo("Newer", "GID_Test@@@3"));
            tooMany.expectClosed();
        }
        assertThat(gateway.gateway().counters().refusals().of(Limit.PARENT_TOPICS))
                .isEqualTo(1);
    }

    private static MqttMessage withWillTo(String parent, String clientId) {
        return connectPacket(clientId, true)
                .willFlag(true)
                .willTopic(parent + "/gone")
                .willMessage(new byte[1])
                .build();
    }

    @Test
    void aTraceShowsPacketsWithoutTheirPayloadsAlsoOfALaterConnection() {
        List<String> seen = new CopyOnWriteArrayList<>();
        PacketListener listener = (kind, name, detail) -> seen.add(kind + " " + name + " " + detail);
        TestClient client = connected(A, true);
        assertThat(clients().trace(A, listener).toCompletableFuture().join()).isTrue();
        assertThat(clients()
                        .trace(A, (kind, name, detail) -> {})
                        .toCompletableFuture()
                        .join())
                .isFalse();
        client.subscribe(1, "T/a");
        client.publish("T/z", 1, 9, "a secret");
        client.expect(MqttMessageType.PUBACK, 9);
        try (TestClient publisher = connected(B, true)) {
            publisher.publish("T/a", 1, 1, "a secret");
            client.receivePublish();
        }
        client.disconnect();
        connected(A, true).disconnect();
        await().until(() ->
                seen.stream().filter(line -> line.startsWith("DECISION")).count() == 2);
        assertThat(seen)
                .anyMatch(line -> line.startsWith("RECEIVED SUBSCRIBE T/a:1"))
                .anyMatch(line -> line.startsWith("SENT SUBACK"))
                .contains("RECEIVED PUBLISH topic=T/z qos=1 retain=false dup=false bytes=8 packetId=9")
                .contains("SENT PUBACK packetId=9")
                .anyMatch(line -> line.startsWith("SENT PUBLISH topic=T/a"))
                .anyMatch(line -> line.startsWith("RECEIVED CONNECT cleanSession=true"))
                .noneMatch(line -> line.contains("secret"));
        clients().stopTrace(A, listener).toCompletableFuture().join();
        int before = seen.size();
        connected(A, true).disconnect();
        assertThat(seen).hasSize(before);
    }

    @Test
    void theMessagesOfEachTopicAreCounted() {
        try (TestClient subscriber = connected(A, true);
                TestClient publisher = connected(B, true)) {
            subscriber.subscribe(0, "T/#");
            publisher.publish("T/a", 1, 1, "one");
            publisher.publish("T/b", 1, 2, "two");
            assertThat(text(subscriber.receivePublish())).isEqualTo("one");
            assertThat(text(subscriber.receivePublish())).isEqualTo("two");
            TopicCounts.Count count =
                    gateway.gateway().administration().topics().find("T/a");
            assertThat(count).isNotNull();
            assertThat(count.in()).isEqualTo(1);
            assertThat(count.out()).isEqualTo(1);
        }
    }

    @Test
    void tenThousandClientsAreListedAndSearchedWhileTheEventLoopsTurn() {
        List<StoreChange> changes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            String clientId = "GID_Test@@@many-%05d".formatted(i);
            changes.add(new StoreChange.SessionOpened(clientId, 1, -1));
            changes.add(new StoreChange.Subscribed(clientId, "T/" + i % 100, QoS.AT_LEAST_ONCE, -1));
        }
        gateway.store().writeNow(changes);
        gateway = gateway.restarted();
        try (TestClient client = connected(A, true)) {
            long slowest = 0;
            List<String> listed = new ArrayList<>();
            for (String after = ""; listed.size() % 500 == 0; ) {
                List<ClientStatus> page =
                        clients().find(new ClientSearch("GID_Test@@@many", null, null, null), after, 500);
                if (page.isEmpty()) {
                    break;
                }
                page.forEach(status -> listed.add(status.clientId()));
                after = listed.get(listed.size() - 1);
                long asked = System.nanoTime();
                client.publish("T/ping", 1, 1, "ping");
                client.expect(MqttMessageType.PUBACK, 1);
                slowest = Math.max(slowest, System.nanoTime() - asked);
            }
            assertThat(listed).hasSize(10_000).isSorted();
            assertThat(Collections.max(gateway.gateway().administration().loopLags()))
                    .isLessThan(1);
            assertThat(slowest).isLessThan(1_000_000_000L);
            assertThat(clients().find(new ClientSearch(null, "GID_Test", "127.0.0.1", true), "", 10))
                    .extracting(ClientStatus::clientId)
                    .containsExactly(A);
            assertThat(clients().find(new ClientSearch("GID_Test@@@many-0999", null, null, false), "", 100))
                    .hasSize(10);
        }
    }
}
