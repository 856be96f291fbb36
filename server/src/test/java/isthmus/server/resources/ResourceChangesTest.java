package isthmus.server.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.gateway.auth.Credential;
import isthmus.gateway.auth.HeldTokens;
import isthmus.gateway.auth.Identity;
import isthmus.gateway.auth.PasswordSignature;
import isthmus.gateway.auth.Sha256;
import isthmus.gateway.spi.DeviceCredential;
import isthmus.queue.api.QueueAccount;
import isthmus.queue.api.QueueTopic;
import isthmus.server.config.InitialResources;
import isthmus.server.permissions.Grant;
import isthmus.server.resources.ResourceProblem.Kind;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resources are changed while the server runs: who asks finds it, who has to know is told, and a restart finds the same. */
class ResourceChangesTest {
    private static final Set<String> ALL = Set.of("*");
    private static final String CLIENT = "GID_Cars@@@1";
    private static final String READ_NEWS =
            """
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"mq:SUB","Resource":"acs:mq:*:*:News"}]}""";

    @TempDir
    Path data;

    private final RecordsInMemory store = new RecordsInMemory();
    private final RememberingQueueCore queue = new RememberingQueueCore();
    private final List<Set<String>> watched = new ArrayList<>();
    private final List<Predicate<Identity>> rechecked = new ArrayList<>();
    private final SteppedClock clock = new SteppedClock();
    private Resources resources;

    @BeforeEach
    void start() {
        resources = open();
        resources.connect(watched::add, rechecked::add);
    }

    private Resources open() {
        InitialResources configured = new InitialResources(
                List.of(new InitialResources.Account("main", "SK", ALL, ALL, ALL)),
                List.of("News", "Orders"),
                List.of("GID_Cars"));
        Resources opened =
                Resources.open(store, configured, new SecretFiles(data.resolve("keys")), new SecureRandom(), clock);
        opened.applyTo(queue);
        return opened;
    }

    @Test
    void aSubAccountMayDoWhatItsPoliciesSayAndNothingElse() {
        resources.policies().create("ReadNews", READ_NEWS);
        NewKey key = resources
                .accounts()
                .create("reader", "main", new Grant(Set.of(), Set.of(), Set.of("GID_Cars")), List.of("ReadNews"), "");

        for (Resources each : List.of(resources, open())) {
            assertThat(Objects.requireNonNull(each.accountKey(key.id())).secretKey())
                    .isEqualTo(key.secretKey());
            assertThat(may(each, "reader", "News/x")).isTrue();
            assertThat(may(each, "reader", "Orders/x")).isFalse();
            assertThat(queue.accounts.get(key.id()))
                    .isEqualTo(new QueueAccount(
                            key.id(), key.secretKey(), Set.of(), Set.of("News", "GID_Cars_MQTT"), Set.of("GID_Cars")));
        }
    }

    @Test
    void aDetachedOrChangedPolicyHasItsEffectAtOnceOnBothSides() {
        resources.policies().create("ReadNews", READ_NEWS);
        NewKey key = resources.accounts().create("reader", "main", Grant.none(), List.of("ReadNews"), "");

        resources.policies().change("ReadNews", READ_NEWS.replace("News", "Orders"));
        assertThat(may(resources, "reader", "News/x")).isFalse();
        assertThat(may(resources, "reader", "Orders/x")).isTrue();
        assertThat(queue.accounts.get(key.id()).subscribe()).containsExactly("Orders");
        assertThat(isRechecked("reader")).isTrue();
        assertThat(isRechecked("main")).isFalse();

        resources.accounts().detachPolicy("reader", "ReadNews");
        assertThat(may(resources, "reader", "Orders/x")).isFalse();
        assertThat(queue.accounts.get(key.id()).subscribe()).isEmpty();
    }

    @Test
    void aDisabledAccountIsNobodyAndNeitherAreItsSubAccounts() {
        NewKey key = resources.accounts().create("sub", "main", Grant.all(), List.of(), "");

        resources.accounts().setEnabled("main", false);

        assertThat(resources.accountKey("main")).isNull();
        assertThat(resources.accountKey(key.id())).isNull();
        assertThat(resources.rights("sub", CLIENT)).isNull();
        assertThat(queue.accounts).isEmpty();
        assertThat(isRechecked("main") && isRechecked("sub")).isTrue();

        resources.accounts().setEnabled("main", true);
        assertThat(resources.accountKey(key.id())).isNotNull();
        assertThat(queue.accounts).containsOnlyKeys("main", key.id());
    }

    @Test
    void aRotatedKeyIsGoodUntilTheOverlapIsOver() {
        NewKey fresh = resources.accounts().rotateKey("main", "main", Duration.ofMinutes(10));
        assertThat(resources.accountKey("main")).isNotNull();
        assertThat(resources.accountKey(fresh.id())).isNotNull();

        clock.move(Duration.ofMinutes(9));
        resources.endKeys();
        assertThat(queue.accounts).containsOnlyKeys("main", fresh.id());
        assertThat(rechecked).hasSize(1);

        clock.move(Duration.ofMinutes(1));
        resources.endKeys();
        assertThat(resources.accountKey("main")).isNull();
        assertThat(queue.accounts).containsOnlyKeys(fresh.id());
        assertThat(isRechecked("main")).isTrue();
        assertThat(open().accountKey("main")).isNull();
    }

    @Test
    void keysAreAddedDisabledAndRemoved() {
        NewKey second = resources.accounts().addKey("main");
        resources.accounts().setKeyEnabled("main", second.id(), false);
        assertThat(resources.accountKey(second.id())).isNull();
        resources.accounts().setKeyEnabled("main", second.id(), true);
        assertThat(resources.accountKey(second.id())).isNotNull();
        resources.accounts().removeKey("main", "main");
        assertThat(resources.accounts().get("main").keys()).hasSize(1);
        assertThat(queue.accounts).containsOnlyKeys(second.id());
        refused(() -> resources.accounts().removeKey("main", "main"), Kind.MISSING, "accessKey");
    }

    @Test
    void aDeletedAccountTakesItsTokensAndDeviceCredentialsAlong() {
        resources.accounts().create("gone", null, Grant.all(), List.of(), "");
        NewKey device = resources.deviceKeys().register("gone", CLIENT);
        NewToken token = resources
                .tokens()
                .issue("gone", List.of("News"), true, true, clock.instant().plusMillis(5000));

        resources.accounts().delete("gone");
        resources.accounts().create("gone", null, Grant.all(), List.of(), "");

        for (Resources each : List.of(resources, open())) {
            assertThat(each.deviceCredential(device.id())).isNull();
            assertThat(each.token(token.token().id())).isNull();
        }
    }

    @Test
    void aTopicIsInTheQueueAndInTheFeedBeforeAnybodyMayUseIt() {
        resources.topics().create("Later", QueueTopic.Kind.TIMED, TopicPermission.READ_ONLY, "for later");

        assertThat(queue.topicsAsPut.get("Later"))
                .isEqualTo(new QueueTopic("Later", QueueTopic.Kind.TIMED, true, false));
        assertThat(watched.get(0)).containsExactlyInAnyOrder("Later", "News", "Orders");
        assertThat(resources.hasParentTopic("Later")).isTrue();
        assertThat(may(resources, "main", "Later/x")).isTrue();
        assertThat(Objects.requireNonNull(resources.rights("main", CLIENT)).mayPublish("Later/x"))
                .isFalse();
        resources.topics().change("Later", null, TopicPermission.READ_WRITE, null);
        assertThat(Objects.requireNonNull(resources.rights("main", CLIENT)).mayPublish("Later/x"))
                .isTrue();
    }

    @Test
    void aDeletedTopicIsGoneEverywhere() {
        resources.topics().delete("News");

        assertThat(may(resources, "main", "News/x")).isFalse();
        assertThat(queue.topics).containsExactly("GID_Cars_MQTT", "Orders");
        assertThat(watched.get(watched.size() - 1)).containsExactly("Orders");
        assertThat(isRechecked("main")).isTrue();
        assertThat(store.records("removal")).isEmpty();
    }

    @Test
    void whatAKillKeptFromTheStoreIsNotLeftInTheQueue() {
        store.failAt(ResourceRecords.TOPIC);
        assertThatThrownBy(
                        () -> resources.topics().create("Half", QueueTopic.Kind.NORMAL, TopicPermission.READ_WRITE, ""))
                .isInstanceOf(IllegalStateException.class);
        store.failAt(ResourceRecords.GROUP);
        assertThatThrownBy(() -> resources.groups().create("GID_Half", GroupKind.CONSUMER, ""))
                .isInstanceOf(IllegalStateException.class);
        assertThat(queue.topics).contains("Half");
        assertThat(queue.groups).contains("GID_Half");

        store.failAt(null);
        open();

        assertThat(queue.topics).contains("News").doesNotContain("Half");
        assertThat(queue.groups).doesNotContain("GID_Half");
        assertThat(store.records("removal")).isEmpty();
    }

    @Test
    void whatAKillKeptFromTheQueueIsMadeUpForAtTheNextStart() {
        store.removeRecord("topic", "News");
        store.removeRecord("account", "main");
        store.changeRecords(List.of(ResourceRecords.removal("topic", "News")));
        queue.putAccount(new QueueAccount("left over", "SK", ALL, ALL, ALL));
        assertThat(queue.topics).contains("News");

        Resources.open(
                        store,
                        new InitialResources(List.of(), List.of(), List.of()),
                        new SecretFiles(data.resolve("keys")),
                        new SecureRandom(),
                        clock)
                .applyTo(queue);

        assertThat(queue.topics).doesNotContain("News");
        assertThat(queue.accounts).hasSize(1).doesNotContainKeys("main", "left over");
        assertThat(store.records("removal")).isEmpty();
    }

    @Test
    void groupsOfEachKindAreMadeListedAndDeleted() {
        resources.groups().create("GID_New", GroupKind.MQTT, "");
        resources.groups().create("CID_App", GroupKind.CONSUMER, "");
        resources.groups().create("PID_App", GroupKind.PRODUCER, "");

        assertThat(resources.groups().list(GroupKind.CONSUMER))
                .containsExactly(new Group("CID_App", GroupKind.CONSUMER, ""));
        assertThat(resources.hasGroup("GID_New")).isTrue();
        assertThat(resources.hasGroup("CID_App")).as("no group of devices").isFalse();
        assertThat(queue.groups).containsExactly("CID_App", "GID_Cars", "GID_New");
        assertThat(queue.topics).contains("GID_New_MQTT");

        resources.groups().delete("GID_New");
        assertThat(resources.hasGroup("GID_New")).isFalse();
        assertThat(queue.groups).containsExactly("CID_App", "GID_Cars");
        assertThat(isRechecked("main")).isTrue();
    }

    @Test
    void aDeviceCredentialIsKeptAsAHashOfItsPassword() {
        NewKey made = resources.deviceKeys().register("main", CLIENT);
        String password = PasswordSignature.of(CLIENT, made.secretKey());

        for (Resources each : List.of(resources, open())) {
            DeviceCredential kept = Objects.requireNonNull(each.deviceCredential(made.id()));
            assertThat(kept.passwordHash().array()).isEqualTo(Sha256.of(password));
            assertThat(kept.clientId()).isEqualTo(CLIENT);
        }
        assertThat(store.records("device credential").values())
                .allSatisfy(record -> assertThat(new String(record.array(), java.nio.charset.StandardCharsets.UTF_8))
                        .doesNotContain(made.secretKey())
                        .doesNotContain(password));

        NewKey renewed = resources.deviceKeys().renew(made.id());
        assertThat(Objects.requireNonNull(resources.deviceCredential(made.id()))
                        .passwordHash()
                        .array())
                .isEqualTo(Sha256.of(PasswordSignature.of(CLIENT, renewed.secretKey())));
        assertThat(rechecked).hasSize(1);
        resources.deviceKeys().setEnabled(made.id(), false);
        assertThat(resources.deviceCredential(made.id())).isNull();
        resources.deviceKeys().unregister(made.id());
        refused(() -> resources.deviceKeys().get(made.id()), Kind.MISSING, "deviceCredential");
        assertThat(rechecked).hasSize(3);
    }

    @Test
    void aTokenIsKeptAsAHashUntilADayAfterItsEnd() {
        NewToken made = resources
                .tokens()
                .issue("main", List.of("News"), true, false, clock.instant().plusMillis(5000));
        String id = HeldTokens.idOf(made.text());

        assertThat(resources.tokens().query(made.text())).isEqualTo(made.token());
        assertThat(Objects.requireNonNull(open().token(id)).scope(CLIENT).mayReceive("News/x"))
                .isTrue();
        assertThat(store.records("token").toString()).doesNotContain(made.text());
        resources.tokens().revoke(id);
        resources.tokens().revoke(id);
        assertThat(Objects.requireNonNull(open().token(id)).isRevoked()).isTrue();
        assertThat(rechecked).hasSize(1);

        clock.move(Duration.ofHours(25));
        resources
                .tokens()
                .issue("main", List.of("News"), true, false, clock.instant().plusMillis(5000));
        assertThat(resources.token(id)).isNull();
        assertThat(store.records("token")).hasSize(1);
    }

    @Test
    void badInputIsRefusedWithTheFieldNamedAndChangesNothing() {
        long version = resources.version();
        refused(() -> topic("a/b"), Kind.INVALID, "name");
        refused(() -> topic("x"), Kind.INVALID, "name");
        refused(() -> topic("RMQ_SYS_TRACE_TOPIC"), Kind.INVALID, "name");
        refused(() -> topic("GID_Cars_MQTT"), Kind.INVALID, "name");
        refused(() -> topic("News"), Kind.EXISTS, "name");
        refused(() -> resources.topics().change("News", null, null, "x".repeat(501)), Kind.INVALID, "remark");
        refused(() -> resources.topics().delete("Nothing"), Kind.MISSING, "topic");
        refused(() -> resources.groups().create("Cars", GroupKind.MQTT, ""), Kind.INVALID, "name");
        refused(() -> resources.groups().create("GID_Cars", GroupKind.CONSUMER, ""), Kind.EXISTS, "name");
        refused(() -> resources.groups().create("TOOLS_CONSUMER", GroupKind.CONSUMER, ""), Kind.INVALID, "name");
        refused(() -> resources.groups().create("CID_RMQ_SYS_TRANS", GroupKind.CONSUMER, ""), Kind.INVALID, "name");
        refused(() -> resources.groups().create("isthmus-route_r", GroupKind.CONSUMER, ""), Kind.INVALID, "name");
        refused(() -> account("a b", null), Kind.INVALID, "name");
        refused(() -> account("main", null), Kind.EXISTS, "name");
        refused(() -> account("sub", "nobody"), Kind.MISSING, "main");
        refused(() -> account(new Grant(Set.of("News", "+"), Set.of(), Set.of())), Kind.INVALID, "publish");
        refused(() -> account(new Grant(Set.of(), Set.of("News/x"), Set.of())), Kind.INVALID, "subscribe");
        refused(() -> account(new Grant(Set.of(), Set.of(), Set.of("GID_*"))), Kind.INVALID, "groups");
        refused(() -> resources.accounts().change("main", publishing("Ne*")), Kind.INVALID, "publish");
        refused(() -> resources.accounts().setPolicies("main", List.of("No")), Kind.MISSING, "policies[0]");
        refused(
                () -> resources.accounts().rotateKey("main", "main", Duration.ofDays(91)),
                Kind.INVALID,
                "overlapSeconds");
        refused(() -> resources.policies().create("P", "{}"), Kind.INVALID, "document.Version");
        assertThatThrownBy(() -> resources.policies().create("P", "{}"))
                .hasMessage("document.Version: missing (expected: \"1\")");
        refused(() -> resources.policies().delete("AliyunMQFullAccess"), Kind.IN_USE, "policy");
        refused(() -> resources.deviceKeys().register("nobody", CLIENT), Kind.MISSING, "account");
        refused(() -> resources.deviceKeys().register("main", ""), Kind.INVALID, "clientId");
        refused(() -> token(List.of(), clock.millis() + 5000), Kind.INVALID, "resources");
        refused(() -> token(List.of("a b"), clock.millis() + 5000), Kind.INVALID, "resources[0]");
        refused(() -> token(List.of("News"), clock.millis()), Kind.INVALID, "expires");
        refused(() -> token(List.of("News"), Instant.MAX), Kind.INVALID, "expires");
        assertThat(resources.version()).isEqualTo(version);
        assertThat(rechecked).isEmpty();
    }

    @Test
    void whatIsNeededCannotBeDeleted() {
        account("sub", "main");
        refused(() -> account("subsub", "sub"), Kind.INVALID, "main");
        refused(() -> resources.accounts().delete("main"), Kind.IN_USE, "account");
        resources.policies().create("ReadNews", READ_NEWS);
        resources.accounts().attachPolicy("sub", "ReadNews");
        refused(() -> resources.policies().delete("ReadNews"), Kind.IN_USE, "policy");
        resources.accounts().detachPolicy("sub", "ReadNews");
        resources.policies().delete("ReadNews");
        resources.accounts().delete("sub");
        resources.accounts().delete("main");
        assertThat(queue.accounts).isEmpty();
    }

    private void topic(String name) {
        resources.topics().create(name, QueueTopic.Kind.NORMAL, TopicPermission.READ_WRITE, "");
    }

    private void account(String name, String main) {
        resources.accounts().create(name, main, Grant.none(), List.of(), "");
    }

    private void account(Grant grant) {
        resources.accounts().create("sub", "main", grant, List.of(), "");
    }

    private static Accounts.Change publishing(String topic) {
        return new Accounts.Change(null, List.of(topic), null, null, null, null);
    }

    private void token(List<String> topics, long expiresMillis) {
        token(topics, Instant.ofEpochMilli(expiresMillis));
    }

    private void token(List<String> topics, Instant expires) {
        resources.tokens().issue("main", topics, true, true, expires);
    }

    private static void refused(ThrowingCallable change, Kind kind, String field) {
        assertThatThrownBy(change)
                .isInstanceOf(ResourceProblem.class)
                .hasFieldOrPropertyWithValue("kind", kind)
                .hasFieldOrPropertyWithValue("field", field);
    }

    private static boolean may(Resources resources, String account, String topic) {
        return Objects.requireNonNull(resources.rights(account, CLIENT)).mayReceive(topic);
    }

    /** Whether the last change has Clients of the account checked again. */
    private boolean isRechecked(String account) {
        return rechecked.get(rechecked.size() - 1).test(new Identity(account, new Credential.Key(account)));
    }
}
