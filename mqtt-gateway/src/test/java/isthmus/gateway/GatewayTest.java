package isthmus.gateway;

import static isthmus.gateway.harness.TestClient.connectPacket;
import static isthmus.gateway.harness.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import isthmus.gateway.harness.FakeLog;
import isthmus.gateway.harness.GatewayFixture;
import isthmus.gateway.harness.TestClient;
import isthmus.gateway.session.DisconnectReason;
import isthmus.gateway.spi.ConnectionEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTest {
    private static final String A = "GID_Test@@@a";
    private static final String B = "GID_Test@@@b";

    @TempDir
    Path directory;

    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        gateway = new GatewayFixture(directory);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private TestClient connected(String clientId, boolean clean) {
        TestClient client = gateway.client();
        client.connect(clientId, clean);
        return client;
    }

    @Test
    void aMessageReachesASubscriberAtTheLowerOfBothLevels() {
        try (TestClient subscriber = connected(A, true);
                TestClient publisher = connected(B, true)) {
            assertThat(subscriber.subscribe(1, "T/+/x", "nowhere/#")).containsExactly(1, 0x80);
            publisher.publish("T/1/x", 2, 9, "hello");
            publisher.expect(MqttMessageType.PUBREC, 9);
            publisher.ack(MqttMessageType.PUBREL, 9);
            publisher.expect(MqttMessageType.PUBCOMP, 9);

            MqttPublishMessage received = subscriber.receivePublish();
            assertThat(text(received)).isEqualTo("hello");
            assertThat(received.variableHeader().topicName()).isEqualTo("T/1/x");
            assertThat(received.fixedHeader().qosLevel()).isEqualTo(MqttQoS.AT_LEAST_ONCE);
            assertThat(received.fixedHeader().isDup()).isFalse();
            subscriber.ack(MqttMessageType.PUBACK, received.variableHeader().packetId());
            subscriber.expectNothing();
        }
    }

    @Test
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
    void refusalsSayWhy() {
        assertThat(answerTo(connectPacket("no-group", true)))
                .isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);
        assertThat(answerTo(connectPacket("GID_Other@@@a", true)))
                .isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);
        assertThat(answerTo(connectPacket(A, true).password("wrong".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD);
        assertThat(answerTo(connectPacket(A, true).username("nobody")))
                .isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD);
        assertThat(answerTo(connectPacket(A, true)
                        .username("READER")
                        .willFlag(true)
                        .willTopic("T/w")
                        .willMessage("w".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
    }

    private MqttConnectReturnCode answerTo(MqttMessageBuilders.ConnectBuilder connect) {
        try (TestClient client = gateway.client()) {
            client.send(connect.build());
            MqttConnAckMessage ack = (MqttConnAckMessage) client.receive();
            client.expectClosed();
            return ack.variableHeader().connectReturnCode();
        }
    }

    @Test
    void publishingWhereOneMayNotEndsTheConnection() {
        try (TestClient unknown = connected(A, true);
                TestClient reader = gateway.client()) {
            unknown.publish("nowhere/x", 1, 1, "x");
            unknown.expectClosed();
            reader.connect(B, true, connect -> connect.username("READER"));
            reader.publish("T/x", 1, 1, "x");
            reader.expectClosed();
        }
        assertThat(gateway.gateway().counters().disconnects(DisconnectReason.UNKNOWN_TOPIC))
                .isEqualTo(1);
        assertThat(gateway.gateway().counters().disconnects(DisconnectReason.NOT_PERMITTED))
                .isEqualTo(1);
        assertThat(gateway.log.records()).isEmpty();
    }

    @Test
    void aFirstLevelWildcardBringsOnlyWhatTheAccountMayRead() {
        try (TestClient reader = gateway.client();
                TestClient publisher = connected(B, true)) {
            reader.connect(A, true, connect -> connect.username("READER"));
            assertThat(reader.subscribe(1, "#", "U/x")).containsExactly(1, 0x80);
            publisher.publish("U/x", 1, 1, "not for you");
            publisher.expect(MqttMessageType.PUBACK, 1);
            publisher.publish("T/x", 1, 2, "for you");
            assertThat(text(reader.receivePublish())).isEqualTo("for you");
        }
    }

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
    void retainedMessagesComeWithASubscriptionAndLiveOnesWithoutTheFlag() {
        try (TestClient publisher = connected(B, true);
                TestClient subscriber = connected(A, true)) {
            publisher.publish("T/r/1", 1, 1, "old", true, false);
            publisher.publish("T/r/1", 1, 2, "kept", true, false);
            publisher.publish("T/r/2", 1, 3, "cleared", true, false);
            publisher.publish("T/r/2", 1, 4, "", true, false);
            for (int i = 1; i <= 4; i++) {
                publisher.expect(MqttMessageType.PUBACK, i);
            }
            assertThat(subscriber.subscribe(1, "T/r/+")).containsExactly(1);
            MqttPublishMessage retained = subscriber.receivePublish();
            assertThat(text(retained)).isEqualTo("kept");
            assertThat(retained.fixedHeader().isRetain()).isTrue();
            publisher.publish("T/r/1", 0, 0, "live", true, false);
            MqttPublishMessage live = subscriber.receivePublish();
            assertThat(text(live)).isEqualTo("live");
            assertThat(live.fixedHeader().isRetain()).isFalse();
        }
    }

    @Test
    void theWillIsPublishedUnlessTheClientTookItsLeave() {
        try (TestClient watcher = connected(B, true)) {
            watcher.subscribe(1, "T/will");
            TestClient polite = gateway.client();
            polite.connect(A, true, GatewayTest::withWill);
            polite.disconnect();
            TestClient lost = gateway.client();
            lost.connect(A, true, GatewayTest::withWill);
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

    @Test
    void p2pReachesItsTargetAndNobodyElse() {
        try (TestClient target = connected(A, true);
                TestClient curious = connected(B, true);
                TestClient sender = connected("GID_Test@@@c", true)) {
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
    void answersToPipelinedRequestsComeInTheirOrder() {
        try (TestClient client = gateway.client()) {
            client.send(
                    connectPacket(A, true).build(),
                    MqttMessageBuilders.subscribe()
                            .messageId(1)
                            .addSubscription(MqttQoS.AT_MOST_ONCE, "T/#")
                            .build(),
                    MqttMessage.PINGREQ,
                    MqttMessageBuilders.publish()
                            .topicName("T/x")
                            .qos(MqttQoS.AT_LEAST_ONCE)
                            .messageId(2)
                            .payload(io.netty.buffer.Unpooled.EMPTY_BUFFER)
                            .build(),
                    MqttMessageBuilders.unsubscribe()
                            .messageId(3)
                            .addTopicFilter("T/#")
                            .build(),
                    MqttMessage.PINGREQ);
            assertThat(client.receive().fixedHeader().messageType()).isEqualTo(MqttMessageType.CONNACK);
            assertThat(client.receive().fixedHeader().messageType()).isEqualTo(MqttMessageType.SUBACK);
            assertThat(client.receive().fixedHeader().messageType()).isEqualTo(MqttMessageType.PINGRESP);
            List<MqttMessageType> rest = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                rest.add(client.receive().fixedHeader().messageType());
            }
            assertThat(rest)
                    .containsExactlyInAnyOrder(
                            MqttMessageType.PUBACK,
                            MqttMessageType.PUBLISH,
                            MqttMessageType.UNSUBACK,
                            MqttMessageType.PINGRESP)
                    .startsWith(MqttMessageType.PUBACK);
        }
    }

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

    @Test
    void atMostThirtySubscriptionsAreGranted() {
        try (TestClient client = connected(A, true)) {
            String[] filters = new String[31];
            for (int i = 0; i < filters.length; i++) {
                filters[i] = "T/" + i;
            }
            List<Integer> codes = client.subscribe(1, filters);
            assertThat(codes.subList(0, 30)).containsOnly(1);
            assertThat(codes.get(30)).isEqualTo(0x80);
            assertThat(client.subscribe(0, "T/0"))
                    .as("replacing is not one more")
                    .containsExactly(0);
        }
    }
}
