package isthmus.gateway;

import static isthmus.gateway.harness.GatewayFixture.directory;
import static isthmus.gateway.harness.TestClient.connectPacket;
import static isthmus.gateway.harness.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import isthmus.gateway.harness.GatewayFixture;
import isthmus.gateway.harness.Normative;
import isthmus.gateway.harness.TestClient;
import isthmus.gateway.harness.TestLimits;
import isthmus.gateway.harness.WithGateway;
import isthmus.gateway.spi.ConnectionEvent;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.KeptWill;
import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.OpenConnection;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.spi.UnstorableMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a kill owes to the connections that it has cut: their end, and their Wills. */
@Tag("integration")
class CutConnectionsTest extends WithGateway {
    private static final String C = "GID_Test@@@c";

    @Test
    void everyConnectionThatAKillCutIsReportedAsEndedAtTheNextStart() {
        try (TestClient clean = connected(A, true);
                TestClient stored = connected(B, false)) {
            connected(C, true).disconnect();
            await().until(() -> gateway.log.events().size() == 5);
            gateway = gateway.killedAndRestarted();

            assertThat(lives())
                    .containsExactlyInAnyOrder(
                            "a connect tcpclean", "b connect tcpclean", "c connect disconnect tcpclean");
            assertThat(gateway.events).hasSize(2).allSatisfy(end -> {
                ConnectionEvent begin = beginOf(end);
                assertThat(end.clientIp()).isEqualTo(begin.clientIp());
                assertThat(end.timeMillis()).isGreaterThanOrEqualTo(begin.timeMillis());
            });
            assertIndexesGrow();
            assertNothingIsOwed();
        }
    }

    @Test
    void theEndOfTheCutConnectionComesBeforeTheNextConnect() {
        try (TestClient cut = connected(A, false)) {
            await().until(() -> gateway.log.events().size() == 1);
            gateway = gateway.killedAndRestarted();
            connected(A, false).disconnect();
            await().until(() -> gateway.log.events().size() == 5);
            assertThat(types()).containsExactly("connect", "tcpclean", "connect", "disconnect", "tcpclean");
            assertIndexesGrow();
        }
    }

    @Test
    void afterATakeoverTheKillCutsTheSecondConnectionOnly() {
        try (TestClient first = connected(A, false);
                TestClient second = connected(A, false)) {
            first.expectClosed();
            await().until(() -> gateway.log.events().size() == 3);
            gateway = gateway.killedAndRestarted();
            assertThat(types()).containsExactly("connect", "tcpclean", "connect", "tcpclean");
            assertThat(lives()).containsExactly("a connect tcpclean", "a connect tcpclean");
            assertNothingIsOwed();
        }
    }

    @Test
    void aKillBetweenTheConnectAndTheFeedIsNoticedToo() {
        gateway.log.stallFeed();
        try (TestClient cut = connected(A, true)) {
            await().until(() -> gateway.log.events().size() == 1);
            gateway.log.unstallFeedAtTheNextStart();
            gateway = gateway.killedAndRestarted();
            assertThat(lives()).containsExactly("a connect tcpclean");
            assertNothingIsOwed();
        }
    }

    @Test
    void aKillBetweenTheEndAndTheFeedOwesNothing() {
        TestClient client = connected(A, true);
        client.publish("T/kept", 1, 1, "what the feed writes, with the begin of the connection", true, false);
        client.expect(MqttMessageType.PUBACK, 1);
        await().until(() -> gateway.store().openConnections(null, 2).size() == 1);
        gateway.log.stallFeed();
        client.disconnect();
        await().until(() -> gateway.log.events().size() == 3);
        gateway.log.unstallFeedAtTheNextStart();
        gateway = gateway.killedAndRestarted();
        assertThat(lives()).containsExactly("a connect disconnect tcpclean");
        assertNothingIsOwed();
    }

    @Test
    void killedAgainWhileItReportsTheEndsItReportsEachOnce() {
        try (TestClient one = connected(A, true);
                TestClient two = connected(B, true);
                TestClient three = connected(C, false)) {
            await().until(() -> gateway.log.events().size() == 3);
            gateway.kill();
            gateway.log.stallFeed(); // the second life ends before its feed has met what it reports
            gateway.log.takeOnly(2);
            gateway = new GatewayFixture(directory, gateway.log, new TestLimits().settings());
            assertThat(gateway.log.events()).hasSize(5);
            gateway.log.takeEverything();
            gateway.log.unstallFeedAtTheNextStart();
            gateway = gateway.killedAndRestarted();

            assertThat(lives())
                    .containsExactlyInAnyOrder("a connect tcpclean", "b connect tcpclean", "c connect tcpclean");
            assertIndexesGrow();
            assertNothingIsOwed();
        }
    }

    @Test
    void moreConnectionsThanAPageAreAllReported() {
        List<StoreChange> rows = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            rows.add(new StoreChange.ConnectionOpened(
                    new OpenConnection("GID_Test@@@" + i, "%032x".formatted(i), "10.0.0.1:" + i)));
        }
        gateway.store().write(rows).toCompletableFuture().join();
        gateway = gateway.killedAndRestarted();
        assertThat(gateway.log.events()).hasSize(2500);
        assertThat(gateway.log.events())
                .extracting(ConnectionEvent::channelId)
                .doesNotHaveDuplicates()
                .hasSize(2500);
        assertNothingIsOwed();
    }

    @Test
    void aGoodStopOwesNothing() {
        try (TestClient client = gateway.client()) {
            client.connect(A, false, CutConnectionsTest::withWill);
            gateway = gateway.restarted();
            assertThat(lives()).containsExactly("a connect tcpclean");
            assertThat(wills()).hasSize(1);
            assertNothingIsOwed();
        }
    }

    @Test
    void eventIndexesGrowAlsoWhenTheClockWasSetBackWhileTheServerWasDown() {
        try (TestClient cut = connected(A, true)) {
            await().until(() -> gateway.log.events().size() == 1);
            connected(B, true).disconnect();
            await().until(() -> gateway.log.events().size() == 4);
            gateway.kill();
            Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofDays(-300));
            gateway = new GatewayFixture(directory, gateway.log, all(), wrong);
            connected(B, true).disconnect();
            await().until(() -> gateway.log.events().size() == 8);
            assertIndexesGrow();
        }
    }

    @Test
    @Normative("MQTT-3.1.2-8")
    void theWillOfAConnectionThatAKillCutIsPublishedAtTheNextStartBeforeItsEnd() {
        TestClient cut = gateway.client();
        cut.connect(A, true, CutConnectionsTest::withWill);
        await().until(() -> gateway.log.events().size() == 1);
        gateway = gateway.killedAndRestarted();
        cut.close();

        assertThat(gateway.log.entries()).hasSize(3);
        assertThat(gateway.log.entries().get(1)).isInstanceOfSatisfying(LoggedMessage.class, will -> {
            assertThat(will.topic()).isEqualTo("T/will");
            assertThat(will.qos()).isEqualTo(QoS.AT_LEAST_ONCE);
            assertThat(will.payload().array()).asString().isEqualTo("gone");
        });
        assertThat(types()).containsExactly("connect", "tcpclean");
        try (TestClient watcher = connected(B, true)) {
            watcher.subscribe(1, "T/#");
            MqttPublishMessage retained = watcher.receivePublish();
            assertThat(text(retained)).isEqualTo("gone");
            assertThat(retained.fixedHeader().isRetain()).isTrue();
            watcher.disconnect();
        }
        await().until(() -> gateway.log.events().size() == 5);
        assertNothingIsOwed();
    }

    @Test
    @Normative("MQTT-3.1.2-10")
    void afterDisconnectThereIsNoWillWhateverIsKilled() {
        gateway.log.stallFeed();
        TestClient polite = gateway.client();
        polite.connect(A, true, CutConnectionsTest::withWill);
        polite.disconnect();
        await().until(() -> gateway.log.events().size() == 3);
        await().until(() -> gateway.store().wills(null, 1).isEmpty());
        // As if the kill had come between the event and the session store.
        KeptWill forgotten = new KeptWill(
                gateway.log.events().get(0).channelId(),
                "AK",
                new PublishedMessage(A, true, "T/will", Payload.empty(), QoS.AT_LEAST_ONCE, true));
        gateway.store()
                .write(List.of(new StoreChange.WillKept(forgotten)))
                .toCompletableFuture()
                .join();
        gateway.log.unstallFeedAtTheNextStart();
        gateway = gateway.killedAndRestarted();
        assertThat(wills()).isEmpty();
        assertNothingIsOwed();
    }

    @Test
    void afterATakeoverEachConnectionHasItsOwnWill() {
        try (TestClient first = gateway.client();
                TestClient second = gateway.client()) {
            first.connect(A, false, CutConnectionsTest::withWill);
            second.connect(A, false, connect -> withWill(connect, "T/will2"));
            await().until(() -> gateway.log.events().size() == 3);
            assertThat(wills()).extracting(LoggedMessage::topic).containsExactly("T/will");
            await().until(() -> gateway.store().wills(null, 9).size() == 1);
            gateway = gateway.killedAndRestarted();
            assertThat(wills()).extracting(LoggedMessage::topic).containsExactly("T/will", "T/will2");
            assertNothingIsOwed();
        }
    }

    @Test
    void aKillBetweenTheWillAndItsStoringMayRepeatItButNeverLosesIt() {
        TestClient lost = gateway.client();
        lost.connect(A, true, CutConnectionsTest::withWill);
        gateway.log.outcome(stored -> new CompletableFuture<>());
        lost.close();
        await().until(() -> gateway.log.events().size() == 2);
        gateway.log.outcome(stored -> stored);
        gateway = gateway.killedAndRestarted();
        assertThat(wills()).hasSize(2);
        assertThat(lives()).containsExactly("a connect tcpclean");
        assertNothingIsOwed();
    }

    @Test
    void aWillThatTheLogRefusesForNowWaitsForTheNextStart() {
        loseAClientWhileTheLogAnswers(new IllegalStateException("disk full"));
        assertThat(gateway.store().wills(null, 9)).hasSize(1);
        gateway = gateway.killedAndRestarted();
        assertThat(wills()).as("refused, and then taken").hasSize(2);
        assertNothingIsOwed();
    }

    @Test
    void aWillThatTheLogCanNeverTakeIsForgotten() {
        loseAClientWhileTheLogAnswers(
                new CompletionException(new UnstorableMessage(new IllegalStateException("too large"))));
        await().until(() -> gateway.store().wills(null, 9).isEmpty());
    }

    private void loseAClientWhileTheLogAnswers(RuntimeException refusal) {
        TestClient lost = gateway.client();
        lost.connect(A, true, CutConnectionsTest::withWill);
        gateway.log.outcome(stored -> CompletableFuture.failedFuture(refusal));
        lost.close();
        await().until(() -> gateway.log.events().size() == 2);
        gateway.log.outcome(stored -> stored);
    }

    @Test
    void aWillIsNotPublishedForAnAccountOrToATopicThatHasGone() {
        for (Directory now : List.of(directory(false, "T"), directory(true, "U"))) {
            try (TestClient cut = gateway.client()) {
                cut.connect(A, true, CutConnectionsTest::withWill);
                int events = gateway.log.events().size();
                gateway.kill();
                gateway = new GatewayFixture(directory, gateway.log, now, Clock.systemUTC());
                assertThat(wills()).isEmpty();
                assertThat(gateway.store().wills(null, 1)).isEmpty();
                assertThat(gateway.log.events()).hasSize(events + 1);
                gateway = gateway.restarted();
            }
        }
    }

    @Test
    void aClientWhoseWillCannotBeKeptIsNotLetIn() {
        gateway.store().close();
        try (TestClient client = gateway.client();
                TestClient without = gateway.client()) {
            MqttMessageBuilders.ConnectBuilder connect = connectPacket(A, true);
            withWill(connect);
            client.send(connect.build());
            MqttConnAckMessage answer = (MqttConnAckMessage) client.receive();
            assertThat(answer.variableHeader().connectReturnCode())
                    .isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE);
            assertThat(gateway.log.events()).isEmpty();
            without.connect(B, true);
        }
    }

    private static void withWill(MqttMessageBuilders.ConnectBuilder connect) {
        withWill(connect, "T/will");
    }

    private static void withWill(MqttMessageBuilders.ConnectBuilder connect, String topic) {
        connect.willFlag(true)
                .willTopic(topic)
                .willQoS(MqttQoS.AT_LEAST_ONCE)
                .willRetain(true)
                .willMessage("gone".getBytes(StandardCharsets.UTF_8));
    }

    private static Directory all() {
        return directory(true, "T", "U");
    }

    private List<LoggedMessage> wills() {
        return gateway.log.records();
    }

    private List<String> types() {
        return gateway.log.events().stream().map(event -> event.type().tag()).toList();
    }

    /** Per connection, what the log tells of it. */
    private List<String> lives() {
        Map<String, String> lives = new LinkedHashMap<>();
        for (ConnectionEvent event : gateway.log.events()) {
            String device = event.clientId().substring("GID_Test@@@".length());
            lives.merge(
                    event.channelId(),
                    device + " " + event.type().tag(),
                    (life, begin) -> life + " " + event.type().tag());
        }
        return List.copyOf(lives.values());
    }

    private ConnectionEvent beginOf(ConnectionEvent end) {
        return gateway.log.events().stream()
                .filter(event -> event.channelId().equals(end.channelId()))
                .findFirst()
                .orElseThrow();
    }

    private void assertIndexesGrow() {
        assertThat(gateway.log.events())
                .extracting(ConnectionEvent::eventIndex)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    /** Another kill finds nothing to make up for. */
    private void assertNothingIsOwed() {
        int before = gateway.log.entries().size();
        gateway = gateway.killedAndRestarted();
        assertThat(gateway.log.entries()).hasSize(before);
        assertThat(gateway.store().openConnections(null, 1)).isEmpty();
        assertThat(gateway.store().wills(null, 1)).isEmpty();
    }
}
