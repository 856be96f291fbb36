package isthmus.gateway;

import static isthmus.gateway.harness.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import isthmus.gateway.auth.PasswordSignature;
import isthmus.gateway.auth.Sha256;
import isthmus.gateway.harness.FakeLog;
import isthmus.gateway.harness.GatewayFixture;
import isthmus.gateway.harness.SettableClock;
import isthmus.gateway.harness.TestClient;
import isthmus.gateway.harness.TestDirectory;
import isthmus.gateway.session.DisconnectReason;
import isthmus.gateway.spi.ConnectionEvent;
import isthmus.gateway.spi.DeviceCredential;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.StoredSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Client may do is taken away while it is there, or away. */
@Tag("integration")
class WithdrawalTest {
    private static final String A = "GID_Test@@@a";
    private static final String B = "GID_Test@@@b";
    private static final Set<String> ALL = Set.of("*");
    private static final Set<String> NONE = Set.of();
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @TempDir
    Path data;

    private final TestDirectory resources = new TestDirectory();
    private final SettableClock clock = new SettableClock();
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        gateway = new GatewayFixture(data, new FakeLog(), resources, clock);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void whoHasSubscribedIsDisconnectedWithinASecondAndItsSubscriptionIsGone() {
        resources.account("DEV", ALL, Set.of("T", "U"), ALL);
        try (TestClient client = connected(A, false, "DEV")) {
            assertThat(client.subscribe(1, "T/x", "U/x")).containsExactly(1, 1);
            resources.account("DEV", ALL, Set.of("U"), ALL);
            changed("DEV");
            await().atMost(A_SECOND).until(client::isClosed);
        }
        assertThat(disconnects(DisconnectReason.PERMISSION_WITHDRAWN)).isEqualTo(1);
        await().untilAsserted(() -> assertThat(gateway.events)
                .last()
                .extracting(ConnectionEvent::type)
                .isEqualTo(ConnectionEvent.Type.TCP_CLEAN));
        await().untilAsserted(() -> assertThat(gateway.store().sessions())
                .flatExtracting(StoredSession::subscriptions)
                .extracting(StoredSession.StoredSubscription::filter)
                .containsExactly("U/x"));
    }

    @Test
    void whoHasPublishedIsDisconnectedWithinASecond() {
        resources.account("DEV", ALL, ALL, ALL);
        try (TestClient client = connected(A, true, "DEV")) {
            client.publish("T/x", 1, 1, "x");
            client.expect(MqttMessageType.PUBACK, 1);
            resources.account("DEV", Set.of("U"), ALL, ALL);
            changed("DEV");
            await().atMost(A_SECOND).until(client::isClosed);
        }
        assertThat(disconnects(DisconnectReason.PERMISSION_WITHDRAWN)).isEqualTo(1);
    }

    @Test
    void aPermissionThatNobodyUsesIsWithdrawnWithoutAnybodyNoticing() {
        resources.account("DEV", ALL, ALL, ALL);
        try (TestClient client = connected(A, true, "DEV")) {
            assertThat(client.subscribe(1, "T/x")).containsExactly(1);
            resources.account("DEV", Set.of("T"), Set.of("T"), ALL);
            changed("DEV");
            client.publish("T/x", 0, 0, "x");
            assertThat(text(client.receivePublish())).isEqualTo("x");
            client.publish("U/x", 0, 0, "x");
            client.expectClosed();
        }
        assertThat(disconnects(DisconnectReason.NOT_PERMITTED)).isEqualTo(1);
    }

    @Test
    void aWithdrawnPermissionHoldsForTheNextMessageEvenBeforeAnybodyIsTold() {
        resources.account("DEV", NONE, ALL, ALL);
        try (TestClient client = connected(A, true, "DEV");
                TestClient publisher = connected(B, true, "AK")) {
            assertThat(client.subscribe(1, "#")).containsExactly(1);
            publisher.publish("T/x", 1, 1, "before");
            assertThat(text(client.receivePublish())).isEqualTo("before");
            resources.account("DEV", NONE, Set.of("U"), ALL);
            publisher.publish("T/x", 1, 2, "withdrawn");
            publisher.publish("U/x", 1, 3, "still permitted");
            assertThat(text(client.receivePublish())).isEqualTo("still permitted");
        }
    }

    @Test
    void aNewPermissionIsThereAtOnceForWhoIsConnected() {
        resources.account("DEV", NONE, NONE, ALL);
        try (TestClient client = connected(A, true, "DEV")) {
            assertThat(client.subscribe(1, "T/x")).containsExactly(0x80);
            resources.account("DEV", Set.of("T"), Set.of("T"), ALL);
            assertThat(client.subscribe(1, "T/x")).containsExactly(1);
            client.publish("T/x", 0, 0, "x");
            assertThat(text(client.receivePublish())).isEqualTo("x");
        }
    }

    @Test
    void aRemovedAccountADisabledKeyAndARemovedGroupEndTheirConnections() {
        resources.account("DEV", ALL, ALL, ALL);
        resources.account("KEY", ALL, ALL, ALL);
        try (TestClient byAccount = connected(A, true, "DEV");
                TestClient byKey = connected(B, true, "KEY");
                TestClient other = connected("GID_Test@@@c", true, "AK")) {
            resources.removeAccount("DEV");
            changed("DEV");
            byAccount.expectClosed();
            resources.withdrawKey("KEY");
            changed("KEY");
            byKey.expectClosed();
            other.expectNothing();
            resources.groups.clear();
            changed("AK");
            other.expectClosed();
        }
        assertThat(disconnects(DisconnectReason.PERMISSION_WITHDRAWN)).isEqualTo(2);
        assertThat(disconnects(DisconnectReason.CREDENTIAL_WITHDRAWN)).isEqualTo(1);
    }

    @Test
    void theSubscriptionsOfAStoredSessionSurviveAChangeOfTheKey() {
        resources.account("OLD", ALL, ALL, ALL);
        try (TestClient client = connected(A, false, "OLD")) {
            assertThat(client.subscribe(1, "T/x")).containsExactly(1);
            resources.withdrawKey("OLD");
            changed("OLD");
            client.expectClosed();
        }
        try (TestClient publisher = connected(B, true, "AK")) {
            publisher.publish("T/x", 1, 1, "meanwhile");
            publisher.expect(MqttMessageType.PUBACK, 1);
        }
        try (TestClient back = gateway.client()) {
            assertThat(back.connect(A, false)).isTrue();
            assertThat(text(back.receivePublish())).isEqualTo("meanwhile");
        }
    }

    @Test
    void whatAStoredSessionMayReadNoMoreIsNotDeliveredWhenItsClientReturns() {
        resources.account("DEV", ALL, ALL, ALL);
        try (TestClient client = connected(A, false, "DEV");
                TestClient publisher = connected(B, true, "AK")) {
            assertThat(client.subscribe(1, "T/x", "U/x")).containsExactly(1, 1);
            publisher.publish("T/x", 1, 1, "sent and not acknowledged");
            assertThat(text(client.receivePublish())).isEqualTo("sent and not acknowledged");
            client.close();
            await().until(() -> gateway.events.stream()
                    .anyMatch(event -> event.type() == ConnectionEvent.Type.TCP_CLEAN
                            && event.clientId().equals(A)));
            publisher.publish("T/x", 1, 2, "waiting");
            publisher.publish("U/x", 1, 3, "still permitted");
        }
        resources.account("DEV", ALL, Set.of("U"), ALL);
        changed("DEV");
        try (TestClient back = gateway.client()) {
            assertThat(back.connect(A, false, connect -> connect.username("DEV")))
                    .isTrue();
            assertThat(text(back.receivePublish())).isEqualTo("still permitted");
            back.expectNothing();
        }
        assertThat(gateway.store().sessions().get(0).subscriptions()).hasSize(1);
    }

    @Test
    void theWillOfAClientThatMayNotPublishItAnyMoreIsNotPublished() {
        resources.account("DEV", ALL, ALL, ALL);
        try (TestClient client = gateway.client();
                TestClient watching = connected(B, true, "AK")) {
            watching.subscribe(1, "T/#");
            client.connect(A, true, connect -> connect.username("DEV")
                    .willFlag(true)
                    .willTopic("T/will")
                    .willQoS(MqttQoS.AT_MOST_ONCE)
                    .willMessage("gone".getBytes(StandardCharsets.UTF_8)));
            resources.removeAccount("DEV");
            changed("DEV");
            client.expectClosed();
            watching.publish("T/x", 0, 0, "after the will");
            assertThat(text(watching.receivePublish())).isEqualTo("after the will");
        }
    }

    @Test
    void aRemovedTopicEndsTheConnectionsThatSubscribedToIt() {
        try (TestClient client = connected(A, true, "AK")) {
            assertThat(client.subscribe(1, "U/x")).containsExactly(1);
            resources.removeTopic("U");
            changed("AK");
            client.expectClosed();
        }
    }

    // Tokens

    @Test
    void aClientSignsOnWithTokensAndMayDoWhatTheyAreForAndTheAccountMay() {
        resources.account("OWNER", Set.of("T"), ALL, ALL);
        resources.token("read", "OWNER", "R", Set.of("T", "U"), inSeconds(3600), false);
        resources.token("write", "OWNER", "W", Set.of("T", "U"), inSeconds(3600), false);
        try (TestClient client = withTokens(A, "OWNER", "W|write|R|read")) {
            assertThat(client.subscribe(1, "T/x", "U/x")).containsExactly(1, 1);
            client.publish("T/x", 0, 0, "x");
            assertThat(text(client.receivePublish())).isEqualTo("x");
            client.publish("U/x", 0, 0, "the account may not");
            client.expectClosed();
        }
        try (TestClient client = withTokens(B, "OWNER", "R|read")) {
            client.publish("T/x", 0, 0, "no token for that");
            client.expectClosed();
        }
    }

    @Test
    void aTokenThatIsUnknownOverRevokedOrForSomethingElseLetsNobodyIn() {
        resources.token("over", "AK", "RW", ALL, inSeconds(-1), false);
        resources.token("revoked", "AK", "RW", ALL, inSeconds(60), true);
        resources.token("read", "AK", "R", ALL, inSeconds(60), false);
        resources.token("good", "AK", "RW", ALL, inSeconds(60), false);
        for (String password : new String[] {
            "R|unknown", "R|over", "R|revoked", "W|read", "RW|read", "R|good|W|over", "good", "R|good|", "X|good"
        }) {
            try (TestClient client = gateway.client()) {
                client.send(TestClient.connectPacket(A, true)
                        .username("Token|AK|instance")
                        .password(password.getBytes(StandardCharsets.UTF_8))
                        .build());
                client.expectClosed();
            }
        }
        assertThat(disconnects(DisconnectReason.REFUSED)).isEqualTo(9);
        withTokens(A, "AK", "RW|good").close();
    }

    @Test
    void aClientIsToldThatItsTokenEndsAndIsDisconnectedWhenItDoes() {
        long end = inSeconds(600);
        resources.token("t", "AK", "RW", ALL, end, false);
        try (TestClient client = withTokens(A, "AK", "RW|t")) {
            client.expectNothing();
            clock.move(Duration.ofSeconds(301));
            var notice = client.receivePublish();
            assertThat(notice.variableHeader().topicName()).isEqualTo("$SYS/tokenExpireNotice");
            assertThat(text(notice)).isEqualTo("{\"expireTime\":" + end + ",\"type\":\"RW\"}");
            clock.move(Duration.ofSeconds(300));
            var over = client.receivePublish();
            assertThat(over.variableHeader().topicName()).isEqualTo("$SYS/tokenInvalidNotice");
            assertThat(text(over)).isEqualTo("{\"code\":2,\"type\":\"RW\"}");
            client.expectClosed();
        }
        assertThat(disconnects(DisconnectReason.CREDENTIAL_WITHDRAWN)).isEqualTo(1);
    }

    @Test
    void aClientThatUploadsAFreshTokenStays() {
        resources.token("t", "AK", "RW", ALL, inSeconds(600), false);
        resources.token("fresh", "AK", "RW", ALL, inSeconds(6000), false);
        try (TestClient client = withTokens(A, "AK", "RW|t")) {
            client.publish("$SYS/uploadToken", 1, 1, "{\"token\":\"fresh\",\"type\":\"RW\"}");
            client.expect(MqttMessageType.PUBACK, 1);
            clock.move(Duration.ofSeconds(700));
            client.publish("T/x", 1, 2, "x");
            client.expect(MqttMessageType.PUBACK, 2);
            client.publish("$SYS/uploadToken", 1, 3, "{\"token\":\"invented\",\"type\":\"RW\"}");
            assertThat(text(client.receivePublish())).isEqualTo("{\"code\":1,\"type\":\"RW\"}");
            client.expectClosed();
        }
    }

    @Test
    void aRevokedTokenEndsTheConnectionsThatUseItAndNoOthers() {
        resources.token("one", "AK", "RW", ALL, inSeconds(600), false);
        resources.token("other", "AK", "RW", ALL, inSeconds(600), false);
        try (TestClient one = withTokens(A, "AK", "RW|one");
                TestClient other = withTokens(B, "AK", "RW|other")) {
            resources.token("one", "AK", "RW", ALL, inSeconds(600), true);
            gateway.gateway().recheck(identity -> true);
            assertThat(text(one.receivePublish())).isEqualTo("{\"code\":3,\"type\":\"RW\"}");
            one.expectClosed();
            other.expectNothing();
        }
    }

    // Device credentials

    @Test
    void aDeviceSignsOnWithItsOwnCredentialUntilThatIsTakenBack() {
        String password = PasswordSignature.of(A, "secret of the device");
        Payload hash = Payload.wrap(Sha256.of(password));
        resources.devices.put("DC1", new DeviceCredential("DC1", "AK", A, hash));
        try (TestClient device = byDevice(A, "DC1", password)) {
            assertThat(device.subscribe(1, "T/x")).containsExactly(1);
            resources.devices.clear();
            gateway.gateway().recheck(identity -> identity.usesDevice("DC1"));
            device.expectClosed();
        }
        assertThat(disconnects(DisconnectReason.CREDENTIAL_WITHDRAWN)).isEqualTo(1);
    }

    @Test
    void aDeviceCredentialIsGoodForOneClientIdAndWithTheRightSecretOnly() {
        String password = PasswordSignature.of(A, "secret of the device");
        resources.devices.put("DC1", new DeviceCredential("DC1", "AK", A, Payload.wrap(Sha256.of(password))));
        String[][] attempts = {
            {B, "DC1", password},
            {B, "DC1", PasswordSignature.of(B, "secret of the device")},
            {A, "DC1", PasswordSignature.of(A, "another")},
            {A, "DC2", password},
            {A, "AK", PasswordSignature.of(A, "SK")},
        };
        for (String[] attempt : attempts) {
            try (TestClient client = gateway.client()) {
                client.send(TestClient.connectPacket(attempt[0], true)
                        .username("DeviceCredential|" + attempt[1] + "|instance")
                        .password(attempt[2].getBytes(StandardCharsets.UTF_8))
                        .build());
                client.expectClosed();
            }
        }
        assertThat(disconnects(DisconnectReason.REFUSED)).isEqualTo(attempts.length);
    }

    private long inSeconds(int seconds) {
        return clock.millis() + seconds * 1000L;
    }

    private void changed(String account) {
        gateway.gateway().recheck(identity -> identity.account().equals(account));
    }

    private long disconnects(DisconnectReason reason) {
        return gateway.gateway().counters().disconnects(reason);
    }

    private TestClient connected(String clientId, boolean clean, String account) {
        TestClient client = gateway.client();
        client.connect(clientId, clean, connect -> connect.username(account));
        return client;
    }

    private TestClient withTokens(String clientId, String account, String password) {
        return byUserName(clientId, "Token|" + account + "|instance", password);
    }

    private TestClient byDevice(String clientId, String credential, String password) {
        return byUserName(clientId, "DeviceCredential|" + credential + "|instance", password);
    }

    private TestClient byUserName(String clientId, String userName, String password) {
        TestClient client = gateway.client();
        client.connect(clientId, true, connect -> connect.username(userName)
                .password(password.getBytes(StandardCharsets.UTF_8)));
        return client;
    }
}
