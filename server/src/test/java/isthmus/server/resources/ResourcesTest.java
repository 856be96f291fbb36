package isthmus.server.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.gateway.spi.Account;
import isthmus.gateway.spi.Payload;
import isthmus.queue.api.QueueAccount;
import isthmus.server.config.InitialResources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
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

        assertThat(resources.topics()).containsExactly("Telemetry");
        assertThat(resources.groups()).containsExactly("GID_Sensors");
        Account account = resources.accounts().iterator().next();
        assertThat(account.accessKey()).matches("AK[A-Za-z0-9]{16}");
        assertThat(account.secretKey()).matches("[A-Za-z0-9]{40}");
        assertThat(account.mayPublish("Any")).isTrue();
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
        Account one = open(NOTHING).accounts().iterator().next();
        Account other = Resources.open(new RecordsInMemory(), NOTHING, secretFiles, new SecureRandom())
                .accounts()
                .iterator()
                .next();

        assertThat(other.accessKey()).isNotEqualTo(one.accessKey());
        assertThat(other.secretKey()).isNotEqualTo(one.secretKey());
    }

    @Test
    void aLaterStartFindsWhatTheFirstHasMade() {
        Resources first = open(NOTHING);
        Resources second = open(NOTHING);

        assertThat(second.accounts()).hasSize(1).containsExactlyElementsOf(first.accounts());
        assertThat(second.topics()).isEqualTo(first.topics());
        assertThat(second.groups()).isEqualTo(first.groups());
    }

    @Test
    void whatIsConfiguredIsMadeInsteadAndNothingElse() {
        InitialResources configured =
                new InitialResources(List.of(configured("AK", "SK", ALL)), List.of("Orders"), List.of());

        Resources resources = open(configured);

        assertThat(resources.account("AK")).isEqualTo(new Account("AK", "SK", ALL, ALL, ALL));
        assertThat(resources.accounts()).hasSize(1);
        assertThat(resources.hasParentTopic("Orders")).isTrue();
        assertThat(resources.hasParentTopic("Telemetry")).isFalse();
        assertThat(resources.groups()).isEmpty();
        assertThat(data.resolve("keys")).doesNotExist();
    }

    @Test
    void whatExistsIsKeptAndWhatIsMissingIsAdded() {
        open(new InitialResources(List.of(configured("AK", "SK", ALL)), List.of("Orders"), List.of("GID_Old")));

        Resources resources = open(new InitialResources(
                List.of(configured("AK", "other", ALL), configured("AK2", "SK2", Set.of("News"))),
                List.of("News"),
                List.of("GID_New")));

        assertThat(resources.account("AK")).isEqualTo(new Account("AK", "SK", ALL, ALL, ALL));
        assertThat(resources.account("AK2")).isEqualTo(new Account("AK2", "SK2", ALL, Set.of("News"), ALL));
        assertThat(resources.topics()).containsExactly("News", "Orders");
        assertThat(resources.groups()).containsExactly("GID_New", "GID_Old");
        assertThat(resources.account("nobody")).isNull();
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
        assertThat(queueCore.accounts)
                .containsExactly(
                        new QueueAccount("AK", "SK", ALL, ALL, ALL),
                        new QueueAccount("AK2", "SK2", Set.of(), Set.of("News", "GID_One_MQTT"), Set.of("GID_One")));
    }

    @Test
    void aResourceMadeLaterIsFoundAtOnceAndAfterARestart() {
        Resources resources = open(NOTHING);

        resources.createTopic("Later");
        resources.createGroup("GID_Later");
        resources.putAccount(new Account("Later", "SK", ALL, ALL, ALL));

        for (Resources each : List.of(resources, open(NOTHING))) {
            assertThat(each.hasParentTopic("Later")).isTrue();
            assertThat(each.hasGroup("GID_Later")).isTrue();
            assertThat(each.account("Later")).isNotNull();
        }
    }

    @Test
    void aNameThatBreaksTheRuleIsRefused() {
        Resources resources = open(NOTHING);

        assertThatThrownBy(() -> resources.createTopic("a/b")).hasMessageContaining("a/b");
        assertThatThrownBy(() -> resources.createGroup("Sensors")).hasMessageContaining("GID_");
        assertThat(resources.topics()).containsExactly("Telemetry");
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

    private Resources open(InitialResources configured) {
        return Resources.open(store, configured, secretFiles, new SecureRandom());
    }

    private static InitialResources.Account configured(String accessKey, String secretKey, Set<String> subscribe) {
        return new InitialResources.Account(accessKey, secretKey, ALL, subscribe, ALL);
    }
}
