package isthmus.server.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.queue.api.QueueAccount;
import isthmus.queue.embedded.EmbeddedRocketMq;
import isthmus.queue.embedded.EmbeddedSettings;
import isthmus.server.api.access.AuditLog;
import isthmus.server.api.access.Tokens;
import isthmus.server.api.http.ApiServer;
import isthmus.server.ctl.CtlCommands;
import isthmus.server.resources.RecordsInMemory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageExt;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The operations of the queue core through HTTP and the command line, with a real broker and real clients. */
@Tag("integration")
class QueueApiTest {
    @TempDir
    static Path directory;

    private static EmbeddedRocketMq queue;
    private static ApiServer server;
    private static String token;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Runnable> shutdowns = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        queue = EmbeddedRocketMq.start(
                EmbeddedSettings.in(directory.resolve("rocketmq")).withPorts(0, 0));
        queue.putAccount(new QueueAccount("ak", "sk", Set.of("*"), Set.of("*"), Set.of("*")));
        Clock clock = Clock.systemUTC();
        Tokens tokens = Tokens.open(new RecordsInMemory(), directory.resolve("keys"), new SecureRandom(), clock);
        token = Files.readString(directory.resolve("keys/api.token")).strip();
        server = ApiServer.start(
                new ApiServer.Place("127.0.0.1", 0, null, List.of(), "1.2.3"),
                new ApiServer.Access(tokens, AuditLog.open(directory.resolve("audit")), clock),
                new QueueRoutes(queue.operations(), clock).routes(),
                List.of());
    }

    @AfterAll
    static void stop() {
        server.close();
        queue.close();
    }

    @AfterEach
    void shutdown() {
        shutdowns.forEach(Runnable::run);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(40));
    }

    private HttpResponse<String> ask(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1" + path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("no answer", e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
        return parsed(response.body());
    }

    private static JsonNode parsed(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    private JsonNode get(String path) {
        return json(ask("GET", path, ""));
    }

    private void refused(HttpResponse<String> response, int status, String field) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode problem = parsed(response.body());
        assertThat(problem.get("detail").asText()).isNotBlank();
        if (!field.isEmpty()) {
            assertThat(problem.at("/errors/0/field").asText()).isEqualTo(field);
        }
    }

    private record Printed(int exitCode, String out, String err) {}

    private static Printed ctl(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Map<String, String> environment =
                Map.of("ISTHMUS_URL", "http://127.0.0.1:" + server.port(), "ISTHMUS_TOKEN", token);
        InputStream nothing = new ByteArrayInputStream(new byte[0]);
        CommandLine command = CtlCommands.create(environment, nothing, List.of(arguments))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler(QueueApiTest::fail);
        int exitCode = command.execute(arguments);
        return new Printed(exitCode, out.toString(), err.toString());
    }

    /** As the program does it. */
    private static int fail(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println(failure.getMessage());
        return failure instanceof CommandLine.IExitCodeGenerator chosen ? chosen.getExitCode() : 1;
    }

    private List<MessageExt> consume(String group, String topic, AtomicBoolean works) throws Exception {
        List<MessageExt> received = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer =
                new DefaultMQPushConsumer(group, new AclClientRPCHook(new SessionCredentials("ak", "sk")));
        consumer.setNamesrvAddr(queue.nameServerAddress());
        consumer.setInstanceName("c" + System.nanoTime());
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.setMaxReconsumeTimes(0);
        consumer.subscribe(topic, "*");
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            received.addAll(messages);
            return works.get() ? ConsumeConcurrentlyStatus.CONSUME_SUCCESS : ConsumeConcurrentlyStatus.RECONSUME_LATER;
        });
        consumer.start();
        shutdowns.add(consumer::shutdown);
        return received;
    }

    private String send(String topic, String text) {
        String body = "{\"tag\":\"t\",\"key\":\"k\",\"text\":\"" + text + "\"}";
        return json(ask("POST", "/queue/topics/" + topic + "/messages", body))
                .get("messageId")
                .asText();
    }

    @Test
    void messagesAreSentFoundAndShown() {
        queue.createTopic("Looked");
        String id = send("Looked", "hello");
        String second = send("Looked", "again");
        soon().until(() -> get("/queue/topics/Looked/messages").get("items").size() == 2);

        JsonNode message = get("/queue/topics/Looked/messages/" + id);
        assertThat(message.get("keys").asText()).isEqualTo("k");
        assertThat(message.get("tag").asText()).isEqualTo("t");
        assertThat(message.has("body")).isFalse();
        assertThat(Instant.parse(message.get("stored").asText()))
                .isCloseTo(Instant.now(), within(Duration.ofMinutes(5)));
        JsonNode body = get("/queue/topics/Looked/messages/" + id + "/body");
        assertThat(body.get("text").asText()).isEqualTo("hello");
        assertThat(body.get("base64").asText()).isEqualTo("aGVsbG8=");
        assertThat(get("/queue/topics/Looked/messages/"
                        + message.get("offsetId").asText()))
                .isEqualTo(message);
        assertThat(get("/queue/topics/Looked/queues/" + message.get("queueId").asInt() + "/messages/"
                        + message.get("queueOffset").asLong()))
                .isEqualTo(message);
        assertThat(get("/queue/topics/Looked/messages?key=k")
                        .at("/items/0/messageId")
                        .asText())
                .isEqualTo(second);
        assertThat(get("/queue/topics/Looked/messages?key=k&limit=1").get("items"))
                .hasSize(1);
        JsonNode first = get("/queue/topics/Looked/messages?limit=1");
        assertThat(first.at("/items/0/messageId").asText()).isEqualTo(id);
        assertThat(get("/queue/topics/Looked/messages?limit=1&cursor="
                                + first.get("next").asText())
                        .at("/items/0/messageId")
                        .asText())
                .isEqualTo(second);
        assertThat(get("/queue/topics/Looked/messages/" + id + "/trace")
                        .get("state")
                        .asText())
                .isEqualTo("unknown");

        Printed table = ctl("queue", "messages", "list", "Looked", "--all", "--limit", "1");
        assertThat(table.exitCode()).as(table.err()).isZero();
        assertThat(table.out().lines()).hasSize(3);
        assertThat(table.out()).startsWith("MESSAGE_ID ").contains(id).contains(second);
        for (String seconds : List.of("0", "-1", "often")) {
            Printed watched = ctl("queue", "messages", "list", "Looked", "--watch", seconds);
            assertThat(watched.exitCode()).isEqualTo(2);
            assertThat(watched.err()).contains("--watch: " + seconds + " (expected: 1..999999 seconds)");
        }
        Printed all = ctl("queue", "messages", "list", "Looked", "--all", "--limit", "1", "--json");
        assertThat(parsed(all.out()).get("items")).hasSize(2);
        Printed sent = ctl("queue", "messages", "send", "Looked", "--text", "by hand", "--json");
        assertThat(sent.exitCode()).as(sent.err()).isZero();
        String byHand = parsed(sent.out()).get("messageId").asText();
        soon().until(() ->
                ctl("queue", "messages", "body", "Looked", byHand).out().contains("by hand"));
    }

    @Test
    void whatIsWrongIsNamedAndChangesNothing() {
        queue.createTopic("Strict");
        refused(ask("GET", "/queue/topics/NoSuch/messages", ""), 404, "");
        refused(ask("GET", "/queue/topics/Strict/messages/nothing", ""), 404, "");
        refused(ask("GET", "/queue/topics/Strict/queues/99/messages/0", ""), 400, "queueId");
        refused(ask("GET", "/queue/topics/Strict/messages?limit=0", ""), 400, "limit");
        refused(ask("GET", "/queue/topics/Strict/messages?cursor=x", ""), 400, "cursor");
        refused(ask("GET", "/queue/topics/Strict/messages?key=k&from=2030-01-01T00:00:00Z", ""), 400, "key");
        refused(ask("POST", "/queue/topics/Strict/messages", "{}"), 400, "text");
        refused(ask("POST", "/queue/topics/Strict/messages", "{\"base64\":\"?\"}"), 400, "base64");
        refused(ask("GET", "/queue/topics/Strict/report?period=7", ""), 400, "period");
        refused(ask("GET", "/queue/groups/GID_Nobody", ""), 404, "");
        refused(ask("GET", "/queue/resends/none", ""), 404, "");
        refused(
                ask(
                        "POST",
                        "/queue/routes",
                        "{\"name\":\"bad name\",\"topic\":\"Strict\",\"targetNameServer\":\"h:1\",\"targetTopic\":\"T\"}"),
                400,
                "name");
        for (String address : List.of("h", "h:0", "h:65536", "h:1;")) {
            String route = "{\"name\":\"r\",\"topic\":\"Strict\",\"targetNameServer\":\"" + address
                    + "\",\"targetTopic\":\"T\"}";
            refused(ask("POST", "/queue/routes", route), 400, "targetNameServer");
        }
        assertThat(get("/queue/topics/Strict/messages").get("items")).isEmpty();
        assertThat(ctl("queue", "groups", "show", "GID_Nobody").exitCode()).isEqualTo(4);
        assertThat(ctl("queue", "messages", "list", "Strict", "--limit", "0").exitCode())
                .isEqualTo(2);
    }

    @Test
    void aGroupIsShownStoppedStartedMovedAndTried() throws Exception {
        queue.createTopic("Flow");
        queue.createGroup("GID_Flow");
        List<MessageExt> received = consume("GID_Flow", "Flow", new AtomicBoolean(true));
        String id = send("Flow", "first");
        soon().until(() -> received.size() == 1);
        soon().untilAsserted(() -> {
            JsonNode group = get("/queue/groups/GID_Flow");
            assertThat(group.get("agreement").asText()).isEqualTo("agree");
            assertThat(group.get("model").asText()).isEqualTo("clustering");
            assertThat(group.at("/members/0/subscriptions/0").asText()).isEqualTo("Flow *");
            assertThat(group.at("/members/0/address").asText()).startsWith("127.0.0.1:");
            assertThat(group.get("backlog").asLong()).isZero();
        });
        soon().untilAsserted(() -> assertThat(get("/queue/topics/Flow/messages/" + id + "/deliveries")
                        .at("/items/0/state")
                        .asText())
                .isEqualTo("consumed"));
        assertThat(get("/queue/groups?name=Flow").at("/items/0/members").asInt())
                .isEqualTo(1);
        assertThat(ctl("queue", "groups", "list").out()).contains("GID_Flow");

        assertThat(ctl("queue", "groups", "stop", "GID_Flow").exitCode()).isZero();
        assertThat(get("/queue/groups/GID_Flow").get("consuming").asBoolean()).isFalse();
        send("Flow", "second");
        soon().until(() -> get("/queue/groups/GID_Flow").get("backlog").asLong() == 1);
        assertThat(ask("DELETE", "/queue/groups/GID_Flow/stopped", "").statusCode())
                .isEqualTo(204);
        soon().until(() -> received.size() == 2);

        String oldest = get("/queue/topics/Flow/span").get("oldest").asText();
        JsonNode moved = json(ask("PUT", "/queue/groups/GID_Flow/topics/Flow/offset", "{\"time\":\"" + oldest + "\"}"));
        assertThat(moved.get("queues")).isNotEmpty();
        soon().until(() -> received.size() == 4);
        refused(
                ask("PUT", "/queue/groups/GID_Flow/topics/Flow/offset", "{\"time\":\"1999-01-01T00:00:00Z\"}"),
                400,
                "time");
        Printed end = ctl("queue", "groups", "reset", "GID_Flow", "Flow");
        assertThat(end.exitCode()).as(end.err()).isZero();

        String clientId =
                get("/queue/groups/GID_Flow").at("/members/0/clientId").asText();
        Printed trial =
                ctl("queue", "groups", "try", "GID_Flow", clientId, "--topic", "Flow", "--message-id", id, "--json");
        assertThat(trial.exitCode()).as(trial.err()).isZero();
        assertThat(parsed(trial.out()).get("result").asText()).isEqualTo("success");
        assertThat(received.get(received.size() - 1).getMsgId()).isEqualTo(id);
        refused(
                ask(
                        "POST",
                        "/queue/groups/GID_Flow/members/nobody/trial",
                        "{\"topic\":\"Flow\",\"messageId\":\"" + id + "\"}"),
                409,
                "");
    }

    @Test
    void deadLettersAreListedExportedAndResent() throws Exception {
        queue.createTopic("Dying");
        queue.createGroup("GID_Dying");
        AtomicBoolean works = new AtomicBoolean();
        List<MessageExt> received = consume("GID_Dying", "Dying", works);
        String first = send("Dying", "one");
        send("Dying", "two");
        String letters = "/queue/groups/GID_Dying/dead-letters";
        soon().until(() -> get(letters).get("items").size() == 2);
        works.set(true);

        assertThat(get(letters + "/" + first).get("reconsumeTimes").asInt()).isEqualTo(1);
        HttpResponse<String> csv = ask("GET", letters + ".csv", "");
        assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(csv.body().lines()).hasSize(3).anyMatch(line -> line.startsWith("Dying," + first + ","));
        Printed export = ctl("queue", "dead-letters", "export", "GID_Dying", "--ids", first);
        assertThat(export.exitCode()).as(export.err()).isZero();
        assertThat(export.out().lines()).hasSize(2);

        assertThat(ctl("queue", "dead-letters", "resend", "GID_Dying", first).exitCode())
                .isZero();
        soon().until(() -> received.size() == 3);
        String job = json(ask("POST", letters + "/resend", "{}")).get("jobId").asText();
        soon().until(() -> get("/queue/resends/" + job).get("state").asText().equals("done"));
        soon().until(() -> received.size() == 5);
        assertThat(ctl("queue", "resends", "show", job).out()).contains("GID_Dying");
        Printed watched = ctl("queue", "dead-letters", "resend-all", "GID_Dying", "--watch", "1");
        assertThat(watched.exitCode()).as(watched.err()).isZero();
        assertThat(watched.out()).containsPattern("state +done");
        soon().until(() -> received.size() == 7);
        assertThat(ctl("queue", "resends", "cancel", job).exitCode()).isZero();
        assertThat(get(letters).get("items")).hasSize(2);
    }

    @Test
    void reportsHaveTheirPeriods() {
        queue.createTopic("Reported");
        queue.createGroup("GID_Reported");
        JsonNode points = get("/queue/topics/Reported/report?period=30").get("items");
        assertThat(points).hasSizeBetween(2, 4);
        assertThat(points.get(0).get("messages").asLong()).isZero();
        assertThat(Instant.parse(points.get(0).get("start").asText()).getEpochSecond() % 1800)
                .isZero();
        assertThat(get("/queue/groups/GID_Reported/topics/Reported/report").get("items"))
                .isNotEmpty();
        assertThat(ctl("queue", "reports", "production", "Reported").out()).contains("START");
    }

    @Test
    void aRouteIsMadeStartedStoppedAndDeletedAndNeverShowsItsSecret() {
        queue.createTopic("From");
        queue.createTopic("Into");
        Printed made = ctl(
                "queue",
                "routes",
                "create",
                "--name",
                "copy",
                "--topic",
                "From",
                "--target-name-server",
                queue.nameServerAddress(),
                "--target-topic",
                "Into",
                "--access-key",
                "ak",
                "--secret-key",
                "sk");
        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(ask("PUT", "/queue/routes/copy/running", "").body()).doesNotContain("\"sk\"");
        send("From", "copied");
        soon().until(() -> get("/queue/topics/Into/messages").get("items").size() == 1);
        soon().untilAsserted(() -> {
            JsonNode route = get("/queue/routes/copy");
            assertThat(route.get("running").asBoolean()).isTrue();
            assertThat(route.get("copied").asLong()).isEqualTo(1);
            assertThat(route.get("backlog").asLong()).isZero();
        });
        refused(ask("DELETE", "/queue/routes/copy", ""), 409, "");
        assertThat(ctl("queue", "routes", "stop", "copy").exitCode()).isZero();
        String change = "{\"tags\":\"a\",\"targetNameServer\":\"h:1\",\"targetTopic\":\"Into\"}";
        assertThat(json(ask("PUT", "/queue/routes/copy", change)).get("tags").asText())
                .isEqualTo("a");
        assertThat(ctl("queue", "routes", "list").out()).contains("copy").doesNotContain("sk ");
        assertThat(ask("DELETE", "/queue/routes/copy", "").statusCode()).isEqualTo(204);
        assertThat(get("/queue/routes").get("items")).isEmpty();
    }
}
