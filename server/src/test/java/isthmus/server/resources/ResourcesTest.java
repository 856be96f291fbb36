package isthmus.server.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.gateway.spi.AccountKey;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.Rights;
import isthmus.queue.api.QueueAccount;
import isthmus.server.config.InitialResources;
import isthmus.server.permissions.Grant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourcesTest {
    private static final Set<String> ALL = Set.of("*");
    private static final InitialResources NOTHING = new InitialResources(List.of(), List.of(), List.of());

    private final RecordsInMemory store = new RecordsInMemory();

    @TempDir
    Path data;

    private SecretFiles secretFiles;

    @BeforeEach
    void setUp() {
        secretFiles = new SecretFiles(data.resolve("keys"));
    }

    @Test
    void theFirstStartMakesAnAccountATopicAndAGroup() throws IOException {
        Resources resources = open(NOTHING);

        assertThat(resources.topicNames()).containsExactly("Telemetry");
        assertThat(resources.groupNames()).containsExactly("GID_Sensors");
        AccountKey account = onlyKey(resources);
        assertThat(account.accessKey()).matches("AK[A-Za-z0-9]{16}");
        assertThat(account.secretKey()).matches("[A-Za-z0-9]{40}");
        assertThat(rights(resources, account.account()).mayPublish("Telemetry/x"))
                .isTrue();
        Path file = secretFiles.find(account.accessKey()).orElseThrow();
        assertThat(file).isEqualTo(data.resolve("keys/" + account.accessKey() + ".secret"));
        assertThat(file).hasContent(account.secretKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void everyFirstStartMakesOtherKeys() {
        AccountKey one = onlyKey(open(NOTHING));
        AccountKey other = onlyKey(
                Resources.open(new RecordsInMemory(), NOTHING, secretFiles, new SecureRandom(), Clock.systemUTC()));

        assertThat(other.accessKey()).isNotEqualTo(one.accessKey());
        assertThat(other.secretKey()).isNotEqualTo(one.secretKey());
    }

    @Test
    void aLaterStartFindsWhatTheFirstHasMade() {
        Resources first = open(NOTHING);
        Resources second = open(NOTHING);

        assertThat(second.accounts().list())
                .hasSize(1)
                .isEqualTo(first.accounts().list());
        assertThat(second.topics().list()).isEqualTo(first.topics().list());
        assertThat(second.groups().list()).isEqualTo(first.groups().list());
    }

    @Test
    void whatIsConfiguredIsMadeInsteadAndNothingElse() {
        InitialResources configured =
                new InitialResources(List.of(configured("AK", "SK", ALL)), List.of("Orders"), List.of());

        Resources resources = open(configured);

        assertThat(resources.accountKey("AK")).isEqualTo(new AccountKey("AK", "AK", "SK"));
        assertThat(resources.accounts().get("AK").grant()).isEqualTo(Grant.all());
        assertThat(resources.accounts().list()).hasSize(1);
        assertThat(resources.hasParentTopic("Orders")).isTrue();
        assertThat(resources.hasParentTopic("Telemetry")).isFalse();
        assertThat(resources.groups().list()).isEmpty();
        assertThat(data.resolve("keys")).doesNotExist();
    }

    @Test
    void whatExistsIsKeptAndWhatIsMissingIsAdded() {
        open(new InitialResources(List.of(configured("AK", "SK", ALL)), List.of("Orders"), List.of("GID_Old")));

        Resources resources = open(new InitialResources(
                List.of(configured("AK", "other", ALL), configured("AK2", "SK2", Set.of("News"))),
                List.of("News"),
                List.of("GID_New")));

        assertThat(resources.accountKey("AK")).isEqualTo(new AccountKey("AK", "AK", "SK"));
        assertThat(resources.accountKey("AK2")).isEqualTo(new AccountKey("AK2", "AK2", "SK2"));
        assertThat(resources.accounts().get("AK2").grant()).isEqualTo(new Grant(ALL, Set.of("News"), ALL));
        assertThat(resources.topicNames()).containsExactly("News", "Orders");
        assertThat(resources.groupNames()).containsExactly("GID_New", "GID_Old");
        assertThat(resources.accountKey("nobody")).isNull();
        assertThat(resources.hasGroup("GID_Nobody")).isFalse();
    }

    @Test
    void theQueueCoreIsToldOfEverythingWithTheEventTopics() {
        Resources resources = open(new InitialResources(
                List.of(
                        configured("AK", "SK", ALL),
                        new InitialResources.Account("AK2", "SK2", Set.of(), Set.of("News"), Set.of("GID_One"))),
                List.of("News"),
                List.of("GID_One", "GID_Two")));
        RememberingQueueCore queueCore = new RememberingQueueCore();

        resources.applyTo(queueCore);

        assertThat(queueCore.topics).containsExactly("GID_One_MQTT", "GID_Two_MQTT", "News");
        assertThat(queueCore.groups).containsExactly("GID_One", "GID_Two");
        assertThat(queueCore.accounts.values())
                .containsExactly(
                        new QueueAccount("AK", "SK", ALL, ALL, ALL),
                        new QueueAccount("AK2", "SK2", Set.of(), Set.of("News", "GID_One_MQTT"), Set.of("GID_One")));
    }

    @Test
    void anUnreadableAccountIsNamedWithoutItsContent() {
        byte[] broken = "{\"secretKey\": \"hush\", ".getBytes(StandardCharsets.UTF_8);
        store.putRecord("account", "AK", Payload.wrap(broken));

        assertThatThrownBy(() -> open(NOTHING))
                .hasMessageContaining("the stored account AK is unreadable")
                .hasNoCause()
                .message()
                .doesNotContain("hush");
    }

    @Test
    void anAccountOfAnEarlierVersionIsAnAccountWithOneKey() {
        String old = "{\"secretKey\":\"SK\",\"publish\":[\"T\"],\"subscribe\":[],\"groups\":[\"*\"]}";
        store.putRecord("account", "AK", Payload.wrap(old.getBytes(StandardCharsets.UTF_8)));
        store.putRecord("topic", "T", Payload.wrap("{}".getBytes(StandardCharsets.UTF_8)));
        store.putRecord("group", "GID_Old", Payload.wrap("{}".getBytes(StandardCharsets.UTF_8)));

        Resources resources = open(NOTHING);

        assertThat(resources.accountKey("AK")).isEqualTo(new AccountKey("AK", "AK", "SK"));
        assertThat(rights(resources, "AK").mayPublish("T/x")).isTrue();
        assertThat(rights(resources, "AK").maySubscribe("T/x")).isFalse();
        assertThat(resources.topics().get("T")).isEqualTo(Topic.plain("T"));
        assertThat(resources.hasGroup("GID_Old")).isTrue();
    }

    private Resources open(InitialResources configured) {
        return Resources.open(store, configured, secretFiles, new SecureRandom(), Clock.systemUTC());
    }

    private static InitialResources.Account configured(String accessKey, String secretKey, Set<String> subscribe) {
        return new InitialResources.Account(accessKey, secretKey, ALL, subscribe, ALL);
    }

    private static AccountKey onlyKey(Resources resources) {
        assertThat(resources.accessKeys()).hasSize(1);
        return resources.accountKey(resources.accessKeys().get(0));
    }

    private static Rights rights(Resources resources, String account) {
        return resources.rights(account, "GID_Any@@@1");
    }
}
