package isthmus.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import isthmus.conformance.fixture.Management;
import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Alarms about a server application that does not keep up. */
@ExtendWith(SharedServer.class)
class GroupAlarmTest {
    private static final String TOPIC = "Lagging";
    private static final String GROUP = "GID_Lagging";
    private static final String ALARM = "/queue/groups/" + GROUP + "/topics/" + TOPIC + "/alarm";

    private final TestServer server;
    private final Management management;
    private final List<JsonNode> posted = new CopyOnWriteArrayList<>();
    private HttpServer receiver;

    GroupAlarmTest(TestServer server) {
        this.server = server;
        this.management = new Management(server);
    }

    @BeforeEach
    void receive() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            posted.add(management.json(new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        management.write(
                "PUT",
                "/alarm-webhook",
                "{\"address\": \"http://127.0.0.1:" + receiver.getAddress().getPort() + "/\"}");
    }

    @AfterEach
    void stop() {
        management.write("DELETE", "/alarm-webhook", "");
        receiver.stop(0);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(40));
    }

    private JsonNode alarm() {
        return management.get("/queue/group-alarms?group=" + GROUP).at("/items/0");
    }

    private JsonNode posted(String state) {
        soon().until(() ->
                posted.stream().anyMatch(notice -> notice.get("state").asText().equals(state)));
        return posted.stream()
                .filter(notice -> notice.get("state").asText().equals(state))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGroupThatLagsRaisesItsAlarmUntilItHasCaughtUp() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> consumed = new CopyOnWriteArrayList<>();
        try (RocketMqApplication application =
                new RocketMqApplication(server, GROUP, TestServer.ACCESS_KEY, TestServer.SECRET_KEY)) {
            application.consume(TOPIC, "*", message -> {
                if (!message.body().equals("first")) {
                    waitFor(goOn);
                }
                consumed.add(message.body());
            });
            management.write("PUT", ALARM, "{\"backlogThreshold\": 3, \"onlineOnly\": true}");
            for (String body : List.of("first", "second", "third", "fourth")) {
                application.sendInOrder(TOPIC, "", Map.of(), body, "one queue");
            }

            JsonNode raised = posted("raised");
            assertThat(raised.get("item").asText()).isEqualTo("backlog");
            assertThat(raised.get("group").asText()).isEqualTo(GROUP);
            assertThat(raised.get("topic").asText()).isEqualTo(TOPIC);
            assertThat(server.log()).contains(raised.get("text").asText());
            assertThat(alarm().get("backlog").asLong()).isGreaterThanOrEqualTo(3);
            assertThat(alarm().has("backlogRaised")).isTrue();

            goOn.countDown();
            assertThat(posted("cleared").get("group").asText()).isEqualTo(GROUP);
            assertThat(consumed).containsExactly("first", "second", "third", "fourth");
            assertThat(alarm().has("backlogRaised")).isFalse();
        } finally {
            goOn.countDown();
        }
        management.write("DELETE", ALARM, "");
        assertThat(management.call("DELETE", ALARM, "").statusCode()).isEqualTo(404);
    }

    @Test
    void alarmsAreSetListedAndDeletedByCommand() {
        JsonNode set = management.ctlJson(
                "queue",
                "alarms",
                "set",
                "GID_Open",
                "Open",
                "--backlog-threshold",
                "1000",
                "--delay-threshold",
                "300");
        assertThat(set.get("backlogThreshold").asLong()).isEqualTo(1000);
        assertThat(set.get("delayThreshold").asLong()).isEqualTo(300);
        assertThat(set.get("enabled").asBoolean()).isTrue();
        assertThat(management.ctl("queue", "alarms", "list").output()).contains("GID_Open", "Open", "1000", "300");
        assertThat(management
                        .ctl("queue", "alarms", "delete", "GID_Open", "Open")
                        .exitCode())
                .isZero();
        assertThat(management.ctl("queue", "alarms", "list").output()).doesNotContain("GID_Open");
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        refused("{}", "backlogThreshold");
        refused("{\"backlogThreshold\": 0}", "backlogThreshold");
        refused("{\"backlogThreshold\": 100000001}", "backlogThreshold");
        refused("{\"delayThreshold\": 59}", "delayThreshold");
        assertThat(management
                        .call("PUT", "/queue/groups/GID_None/topics/Open/alarm", "{\"backlogThreshold\": 1}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(management
                        .call("PUT", "/queue/groups/" + GROUP + "/topics/None/alarm", "{\"backlogThreshold\": 1}")
                        .statusCode())
                .isEqualTo(404);
    }

    private void refused(String body, String field) {
        var answer = management.call("PUT", ALARM, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(management.json(answer.body()).at("/errors/0/field").asText())
                .isEqualTo(field);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody let the consumer go on");
            }
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }
}
