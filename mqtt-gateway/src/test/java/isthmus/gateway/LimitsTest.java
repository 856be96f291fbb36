package isthmus.gateway;

import static isthmus.gateway.harness.TestClient.connectPacket;
import static isthmus.gateway.harness.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessageBuilders.ConnectBuilder;
import io.netty.handler.codec.mqtt.MqttMessageType;
import isthmus.gateway.harness.FakeLog;
import isthmus.gateway.harness.GatewayFixture;
import isthmus.gateway.harness.TestClient;
import isthmus.gateway.harness.TestLimits;
import isthmus.gateway.harness.WithGateway;
import isthmus.gateway.limits.AdmissionLimits;
import isthmus.gateway.limits.CapacityLimits;
import isthmus.gateway.limits.Limit;
import isthmus.gateway.session.DisconnectReason;
import isthmus.gateway.session.SessionLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is capped, what a Client sees of it, and that it is counted. */
@Tag("integration")
class LimitsTest extends WithGateway {
    private static final int MANY = 10_000_000;

    private void restartWith(TestLimits limits) {
        gateway.close();
        gateway = new GatewayFixture(directory, new FakeLog(), limits.settings());
    }

    private void restartWith(CapacityLimits capacity) {
        restartWith(new TestLimits().capacity(capacity));
    }

    private long refused(Limit limit) {
        return gateway.gateway().counters().refusals().of(limit);
    }

    private long disconnected(DisconnectReason reason) {
        return gateway.gateway().counters().disconnects(reason);
    }

    private MqttConnectReturnCode answerTo(ConnectBuilder connect) {
        try (TestClient client = gateway.client()) {
            client.send(connect.build());
            return ((MqttConnAckMessage) client.receive()).variableHeader().connectReturnCode();
        }
    }

    @Test
    void aStoredSessionTooManyIsRefusedAndACleanOneIsNot() {
        restartWith(new CapacityLimits(1, 1000, 1000, 1000, MANY, MANY, MANY));
        connected(A, false).disconnect();
        assertThat(answerTo(connectPacket(B, false)))
                .isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE);
        assertThat(refused(Limit.STORED_SESSIONS)).isEqualTo(1);
        connected(B, true).disconnect();

        gateway = gateway.restarted();
        assertThat(answerTo(connectPacket(B, false)))
                .as("the one that is stored counts after a restart")
                .isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE);
        connected(A, false).disconnect();
        connected(A, true).disconnect();
        connected(B, false).disconnect();
    }

    @Test
    void subscriptionsOfAllClientsAreCountedUntilTheyGo() {
        restartWith(new CapacityLimits(1000, 3, 1000, 1000, MANY, MANY, MANY));
        try (TestClient one = connected(A, true);
                TestClient two = connected(B, true)) {
            assertThat(one.subscribe(1, "T/1", "T/2")).containsExactly(1, 1);
            assertThat(two.subscribe(1, "T/1", "T/2")).containsExactly(1, 0x80);
            assertThat(two.subscribe(0, "T/1")).as("one that is held already").containsExactly(0);
            assertThat(refused(Limit.SUBSCRIPTIONS)).isEqualTo(1);
            one.disconnect();
            await().until(() -> two.subscribe(1, "T/2").equals(List.of(1)));
            assertThat(two.subscribe(1, "T/3", "T/4")).containsExactly(1, 0x80);
        }
    }

    @Test
    void aSubscriptionTooManyOfOneClientIsRefusedAndCounted() {
        try (TestClient client = connected(A, true)) {
            for (int i = 0; i < 30; i++) {
                assertThat(client.subscribe(1, "T/" + i)).containsExactly(1);
            }
            assertThat(client.subscribe(1, "T/30")).containsExactly(0x80);
            assertThat(refused(Limit.SUBSCRIPTIONS_PER_CLIENT)).isEqualTo(1);
        }
    }

    @Test
    void whoPublishesARetainedMessageTooManyIsDisconnectedAndToldWhy() {
        restartWith(new CapacityLimits(1000, 1000, 2, 1000, MANY, MANY, MANY));
        try (TestClient client = connected(A, true)) {
            client.publish("T/1", 1, 1, "x", true, false);
            client.expect(MqttMessageType.PUBACK, 1);
            client.publish("T/2", 1, 2, "x", true, false);
            client.expect(MqttMessageType.PUBACK, 2);
            client.subscribe(1, "T/none"); // the feed has passed both
            client.publish("T/2", 1, 3, "replaced", true, false);
            client.expect(MqttMessageType.PUBACK, 3);
            client.publish("T/3", 1, 4, "x", true, false);
            client.expectClosed();
        }
        assertThat(disconnected(DisconnectReason.LIMIT_EXCEEDED)).isEqualTo(1);
        assertThat(refused(Limit.RETAINED_MESSAGES)).isEqualTo(1);
        assertThat(gateway.log.records()).hasSize(3);

        gateway = gateway.restarted();
        try (TestClient client = connected(A, true)) {
            client.publish("T/1", 1, 1, "", true, false);
            client.expect(MqttMessageType.PUBACK, 1);
            client.subscribe(1, "T/none");
            client.publish("T/3", 1, 2, "x", true, false);
            client.expect(MqttMessageType.PUBACK, 2);
        }
    }

    @Test
    void aWillForWhichThereIsNoRoomIsPublishedAndNotRetained() {
        restartWith(new CapacityLimits(1000, 1000, 1, 1000, MANY, MANY, MANY));
        try (TestClient client = connected(B, true);
                TestClient dying = gateway.client()) {
            client.publish("T/1", 1, 1, "x", true, false);
            client.expect(MqttMessageType.PUBACK, 1);
            client.subscribe(1, "T/will");
            dying.send(withWill(A, 5).willRetain(true).build());
            dying.receive();
            dying.close();
            assertThat(text(client.receivePublish())).isEqualTo("wwwww");
        }
        assertThat(gateway.log.records().get(1).retain()).isFalse();
        assertThat(refused(Limit.RETAINED_MESSAGES)).isEqualTo(1);
    }

    @Test
    void whoHasAP2pMessageKeptForAClientTooManyIsDisconnectedAndToldWhy() {
        restartWith(new CapacityLimits(1000, 1000, 1000, 2, MANY, MANY, MANY)); // one is its own
        try (TestClient client = connected(A, false)) {
            client.publish("T/p2p/GID_Test@@@away", 1, 1, "x");
            client.expect(MqttMessageType.PUBACK, 1);
            client.subscribe(1, "T/none"); // the feed has passed it
            client.publish("T/p2p/GID_Test@@@away", 1, 2, "another");
            client.expect(MqttMessageType.PUBACK, 2);
            client.publish("T/p2p/GID_Test@@@further", 0, 0, "not kept");
            client.publish("T/p2p/GID_Test@@@further", 1, 3, "x");
            client.expectClosed();
        }
        assertThat(disconnected(DisconnectReason.LIMIT_EXCEEDED)).isEqualTo(1);
        assertThat(refused(Limit.INBOXES)).isEqualTo(1);
        assertThat(gateway.log.records()).hasSize(3);

        try (TestClient client = connected(B, true)) { // nobody is to keep what it sends
            client.publish("T/p2p/GID_Test@@@further", 1, 1, "x");
            client.expect(MqttMessageType.PUBACK, 1);
        }
    }

    @Test
    void aWillTooLongAndWillsTooManyAreRefused() {
        restartWith(new CapacityLimits(1000, 1000, 1000, 1000, MANY, 1500, MANY));
        assertThat(answerTo(withWill(A, 1025))).isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
        assertThat(refused(Limit.WILL_BYTES)).isEqualTo(1);
        try (TestClient one = gateway.client();
                TestClient two = gateway.client()) {
            one.send(withWill("GID_Test@@@1", 1000).build());
            two.send(withWill("GID_Test@@@2", 1000).build());
            one.receive();
            two.receive();
            assertThat(answerTo(withWill(A, 1))).isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE);
            assertThat(refused(Limit.ALL_WILLS_BYTES)).isEqualTo(1);
            connected(B, true).disconnect();
            one.disconnect();
            assertThat(answerTo(withWill(A, 1))).isEqualTo(MqttConnectReturnCode.CONNECTION_ACCEPTED);
        }
    }

    private static ConnectBuilder withWill(String clientId, int bytes) {
        return connectPacket(clientId, true)
                .willFlag(true)
                .willTopic("T/will")
                .willMessage("w".repeat(bytes).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aStrangerMayNotMakeTheServerWaitForALargeConnect() {
        try (TestClient stranger = gateway.client();
                TestClient known = connected(A, true)) {
            stranger.sendBytes(new byte[] {0x10, (byte) 0xA1, (byte) 0x9C, 0x01}); // 20,004 bytes
            stranger.expectClosed();
            known.publish("T/large", 1, 1, "x".repeat(30_000));
            known.expect(MqttMessageType.PUBACK, 1);
        }
        assertThat(refused(Limit.CONNECT_BYTES)).isEqualTo(1);
        assertThat(disconnected(DisconnectReason.LIMIT_EXCEEDED)).isEqualTo(1);
    }

    @Test
    void whatIsTooLongOrTooDeepIsCountedByItsLimit() {
        for (String topic : List.of("T/" + "x".repeat(1023), "T" + "/x".repeat(128))) {
            try (TestClient client = connected(A, true)) {
                client.publish(topic, 0, 0, "x");
                client.expectClosed();
            }
        }
        try (TestClient client = connected(A, true)) {
            client.sendBytes(new byte[] {0x30, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F});
            client.expectClosed();
        }
        assertThat(answerTo(connectPacket("GID_Test@@@" + "x".repeat(256), true)))
                .isEqualTo(MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);
        for (Limit limit : List.of(Limit.TOPIC_BYTES, Limit.TOPIC_LEVELS, Limit.PACKET_BYTES, Limit.CLIENT_ID_BYTES)) {
            assertThat(refused(limit)).as(limit.setting()).isEqualTo(1);
        }
    }

    @Test
    void whoSendsNoConnectMakesRoomForThoseWhoDo() {
        restartWith(new TestLimits().admission(new AdmissionLimits(1000, 0, 100_000, 0, 5)));
        List<TestClient> silent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            silent.add(gateway.client());
        }
        await().until(() -> disconnected(DisconnectReason.CROWDED_OUT) == 15);
        connected(A, true).disconnect();
        await().until(() -> silent.stream().filter(TestClient::isClosed).count() == 16);
        assertThat(refused(Limit.CONNECTING)).isEqualTo(16);
        silent.forEach(TestClient::close);
    }

    @Test
    void aSubscriberThatStopsReadingIsDisconnectedAndItsStoredSessionLosesNothing() {
        // Longer than this test itself may pause on a busy machine while it reads.
        Duration stalled = Duration.ofSeconds(2);
        SessionLimits limits =
                new SessionLimits(Duration.ofSeconds(10), 65_535, 30, 1000, 1000, Duration.ofDays(3), 1024, stalled);
        restartWith(new TestLimits().sessions(limits));
        TestClient deaf = connected(A, false);
        deaf.subscribe(1, "T/#");
        deaf.stopReading();
        try (TestClient publisher = connected(B, true)) {
            flood(publisher, 300);
        }
        await().until(() -> disconnected(DisconnectReason.NOT_READING) == 1);
        assertThat(refused(Limit.STALLED)).isEqualTo(1);
        deaf.close();
        expectFlood(300);
    }

    @Test
    void messagesThatNobodyTakesDoNotFillTheMemory() {
        restartWith(new CapacityLimits(1000, 1000, 1000, 1000, MANY, MANY, 1_000_000));
        List<TestClient> deaf = new ArrayList<>();
        for (String name : List.of(A, "GID_Test@@@1", "GID_Test@@@2", "GID_Test@@@3")) {
            TestClient client = connected(name, false);
            client.subscribe(1, "T/#");
            client.stopReading();
            deaf.add(client);
        }
        try (TestClient publisher = connected(B, true);
                TestClient reader = connected("GID_Test@@@reader", true)) {
            reader.subscribe(1, "T/#");
            // One after the other: sessions that fall behind would leave the rest in the log, where it takes no memory.
            for (int i = 1; i <= 300; i++) {
                publishLarge(publisher, i);
                assertThat(text(reader.receivePublish())).startsWith(i + " ");
            }
        }
        await().until(() -> disconnected(DisconnectReason.NOT_READING) >= 3);
        assertThat(refused(Limit.WAITING_BYTES)).isEqualTo(disconnected(DisconnectReason.NOT_READING));
        deaf.forEach(TestClient::close);
        expectFlood(300);
    }

    /** Messages of 32 KiB, each of which begins with its number: more than the sockets take. */
    private static void flood(TestClient publisher, int messages) {
        for (int i = 1; i <= messages; i++) {
            publishLarge(publisher, i);
        }
    }

    private static void publishLarge(TestClient publisher, int number) {
        publisher.publish("T/flood", 1, number, number + " " + "x".repeat(32 * 1024));
        publisher.expect(MqttMessageType.PUBACK, number);
    }

    /** The stored session of A gets them all; those that were on their way may come again. */
    private void expectFlood(int messages) {
        try (TestClient back = gateway.client()) {
            assertThat(back.connect(A, false)).isTrue();
            for (int i = 1; i <= messages; i++) {
                var message = back.receivePublish();
                assertThat(text(message)).startsWith(i + " ");
                back.ack(MqttMessageType.PUBACK, message.variableHeader().packetId());
            }
            back.expectNothing();
        }
    }
}
