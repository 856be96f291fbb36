package isthmus.queue.embedded;

import static isthmus.queue.embedded.TestQueue.append;
import static isthmus.queue.embedded.TestQueue.body;
import static isthmus.queue.embedded.TestQueue.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import isthmus.queue.api.MessageProperties;
import isthmus.queue.api.QueueAccount;
import isthmus.queue.api.QueueMessage;
import isthmus.queue.api.admin.MessagePage;
import isthmus.queue.api.admin.OperationException;
import isthmus.queue.api.admin.OperationException.Reason;
import isthmus.queue.api.admin.RouteDefinition;
import isthmus.queue.api.admin.RouteStatus;
import isthmus.queue.api.admin.Routes;
import isthmus.queue.api.admin.StoredMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From one embedded RocketMQ to another, over its port and with its access control. */
@Tag("integration")
class RouteTest {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @TempDir
    static Path directory;

    private static EmbeddedRocketMq target;
    private static EmbeddedRocketMq source;

    private static Routes routes() {
        return source.operations().routes();
    }

    @BeforeAll
    static void start() {
        target = TestQueue.startIn(directory.resolve("target"));
        target.putAccount(new QueueAccount("router", "sk-router", Set.of("*"), Set.of(), Set.of()));
        source = TestQueue.startIn(directory.resolve("source"));
    }

    @AfterAll
    static void stop() {
        source.close();
        target.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(40));
    }

    private static RouteDefinition definition(String name, String topic, String tags) {
        return new RouteDefinition(
                name, topic, tags, target.nameServerAddress(), topic, "router", "sk-router", "for a test");
    }

    private static void topic(String topic) {
        source.createTopic(topic);
        target.createTopic(topic);
    }

    private static QueueMessage message(String topic, String key, String tag, String text) {
        MessageProperties properties = MessageProperties.builder()
                .add("mqttSecondTopic", "/a/b")
                .add("traceparent", TRACE)
                .add("KEYS", key)
                .build();
        return new QueueMessage(topic, key, tag, properties, body(text));
    }

    private static List<StoredMessage> arrived(String topic) {
        return target.operations()
                .messages()
                .byTime(topic, 0, Long.MAX_VALUE, MessagePage.FIRST, 500)
                .messages();
    }

    private static List<String> texts(String topic) {
        return arrived(topic).stream().map(message -> text(message.body())).toList();
    }

    @Test
    void messagesWithTheTagAreCopiedWholeAndInTheOrderOfTheirKeys() throws Exception {
        topic("Copied");
        append(source, message("Copied", "k0", "wanted", "before the route was made"));
        soon().until(() -> source.operations().groups().resettable("Copied").newestMillis() > 0);
        routes().create(definition("copied", "Copied", "wanted || also"));
        String id = append(source, message("Copied", "k1", "wanted", "1")).messageId();
        append(source, message("Copied", "k1", "other", "not this"));
        for (int i = 2; i <= 300; i++) {
            append(source, message("Copied", "k1", i % 2 == 0 ? "also" : "wanted", "" + i));
        }
        assertThat(routes().status("copied").running()).isFalse();

        routes().start("copied");

        soon().until(() -> arrived("Copied").size() == 300);
        List<String> texts = texts("Copied");
        for (int i = 1; i <= 300; i++) {
            assertThat(texts.get(i - 1)).isEqualTo("" + i);
        }
        StoredMessage first = arrived("Copied").get(0);
        assertThat(first.messageId()).isEqualTo(id);
        assertThat(first.tag()).isEqualTo("wanted");
        assertThat(first.keys()).isEqualTo("k1");
        assertThat(first.properties()).containsEntry("mqttSecondTopic", "/a/b").containsEntry("traceparent", TRACE);
        soon().untilAsserted(() -> {
            RouteStatus status = routes().status("copied");
            assertThat(status.running()).isTrue();
            assertThat(status.backlog()).isZero();
            assertThat(status.delayMillis()).isZero();
            assertThat(status.copied()).isEqualTo(300);
            assertThat(status.tps()).isPositive();
            assertThat(status.problem()).isNull();
        });
    }

    @Test
    void aRestartLosesAndRepeatsNothing() throws Exception {
        topic("Durable");
        routes().create(definition("durable", "Durable", "*"));
        routes().start("durable");
        for (int i = 0; i < 50; i++) {
            append(source, TestQueue.message("Durable", "k" + i, "" + i));
        }
        soon().until(() -> arrived("Durable").size() == 50);
        routes().stop("durable");
        for (int i = 50; i < 60; i++) {
            append(source, TestQueue.message("Durable", "k" + i, "" + i));
        }
        soon().until(() -> routes().status("durable").backlog() == 10);
        assertThat(routes().status("durable").delayMillis()).isGreaterThanOrEqualTo(0);
        routes().start("durable");
        for (int i = 60; i < 100; i++) {
            append(source, TestQueue.message("Durable", "k" + i, "" + i));
        }

        source.close();
        source = TestQueue.startIn(directory.resolve("source"));

        soon().until(() -> arrived("Durable").size() >= 100);
        assertThat(routes().status("durable").running()).isTrue();
        assertThat(texts("Durable")).doesNotHaveDuplicates().hasSize(100);
        Path file = directory.resolve("source/operations/routes/durable.route");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aTargetThatRefusesIsNamedAndTriedAgain() throws Exception {
        source.createTopic("Refused");
        routes().create(definition("refused", "Refused", "*"));
        routes().start("refused");
        append(source, "Refused", "waits");
        soon().until(() -> routes().status("refused").problem() != null);
        assertThat(routes().status("refused").problem())
                .contains("Refused")
                .contains(target.nameServerAddress())
                .doesNotContain("sk-router");
        assertThat(routes().status("refused").backlog()).isEqualTo(1);

        target.createTopic("Refused");

        soon().until(() -> arrived("Refused").size() == 1);
        soon().until(() -> routes().status("refused").problem() == null);
    }

    @Test
    void aCircleOfRoutesEnds() throws Exception {
        topic("Circle");
        source.createTopic("Back");
        source.putAccount(new QueueAccount("router", "sk-router", Set.of("*"), Set.of(), Set.of()));
        // Copies what it copies onto its own source.
        routes().create(new RouteDefinition(
                "circle", "Circle", "*", source.nameServerAddress(), "Circle", "router", "sk-router", ""));
        routes().start("circle");
        append(source, "Circle", "once");
        soon().until(() -> routes().status("circle").copied() == 1
                && routes().status("circle").backlog() == 0);
        append(source, "Circle", "twice");
        soon().until(() -> routes().status("circle").copied() == 2
                && routes().status("circle").backlog() == 0);
        assertThat(source.operations()
                        .messages()
                        .byTime("Circle", 0, Long.MAX_VALUE, MessagePage.FIRST, 100)
                        .messages())
                .hasSize(4);
    }

    @Test
    void whatRunsCanNeitherBeChangedNorDeleted() {
        topic("Fixed");
        RouteDefinition definition = definition("fixed", "Fixed", "*");
        routes().create(definition);
        refused(() -> routes().create(definition), Reason.CONFLICT);
        routes().start("fixed");
        refused(() -> routes().change(definition), Reason.CONFLICT);
        refused(() -> routes().delete("fixed"), Reason.CONFLICT);
        routes().stop("fixed");
        RouteStatus changed =
                routes().change(new RouteDefinition("fixed", "Fixed", "a", "127.0.0.1:1", "Other", null, null, "new"));
        assertThat(changed.tags()).isEqualTo("a");
        assertThat(changed.accessKey()).isEqualTo("router");
        routes().delete("fixed");
        refused(() -> routes().status("fixed"), Reason.NOT_FOUND);
        assertThat(routes().list()).extracting(RouteStatus::name).doesNotContain("fixed");
        refused(() -> routes().create(definition("bad", "NoSuchTopic", "*")), Reason.NOT_FOUND);
        refused(() -> definition("bad name", "Fixed", "*"), Reason.INVALID);
        assertThat(definition.toString()).doesNotContain("sk-router");
    }

    private static void refused(Runnable operation, Reason reason) {
        assertThatExceptionOfType(OperationException.class)
                .isThrownBy(operation::run)
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
