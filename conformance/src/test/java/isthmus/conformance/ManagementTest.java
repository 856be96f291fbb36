package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.conformance.fixture.Management;
import isthmus.conformance.fixture.Management.Printed;
import isthmus.conformance.fixture.OperatedServer;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.api.Operation;
import isthmus.server.operations.Operations;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What all operations have in common: their description, their commands, who is let in, and what is refused. Each of them is
 * carried out by the tests in {@code isthmus.conformance.operations}.
 */
@ExtendWith(OperatedServer.class)
class ManagementTest {
    private final TestServer server;
    private final Management management;

    ManagementTest(TestServer server) {
        this.server = server;
        this.management = new Management(server);
    }

    private static List<String> texts(JsonNode items, String field) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.path(field).asText()));
        return texts;
    }

    @Test
    void theDocumentDescribesExactlyTheOperationsThereAre() {
        JsonNode document = management.json(
                management.send(management.request("/api/v1/openapi.json")).body());
        Set<String> described = new TreeSet<>();
        document.get("paths")
                .forEach(path -> path.forEach(
                        operation -> described.add(operation.get("operationId").asText())));
        Set<String> operations = new TreeSet<>();
        Operations.all().forEach(operation -> operations.add(operation.id()));
        assertThat(described).isEqualTo(operations);
    }

    @Test
    void everyOperationIsACommand() {
        String completion = management.ctl("completion").output();
        for (Operation<?, ?, ?> operation : Operations.all()) {
            assertThat(completion).contains("=(ctl " + operation.command() + ")");
        }
        assertThat(completion).contains("(\"normal\" \"timed\" \"ordered\" \"transactional\")", "\"stored_sessions\"");
    }

    @Test
    void aCommandPrintsATableForPeopleAndSaysWhatIsWrong() throws MqttException {
        try (PahoDevice first = PahoDevice.connect(server, "GID_Ops@@@table-1");
                PahoDevice second = PahoDevice.connect(server, "GID_Ops@@@table-2")) {
            Printed table = management.ctl("clients", "list", "--prefix", "GID_Ops@@@table-", "--all", "--limit", "1");
            assertThat(table.exitCode()).isZero();
            assertThat(table.output()).contains("CLIENT_ID", "GID_Ops@@@table-1", "GID_Ops@@@table-2");
        }
        Printed unknown = management.ctl("clients", "show", "nobody");
        assertThat(unknown.exitCode()).isEqualTo(4);
        assertThat(unknown.output()).isEqualTo("isthmus: client nobody is not online and has no stored session");
    }

    @Test
    void aCommandReadsASecretFromAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "DEMO_SK\n");
        JsonNode signed = management.ctlJson("sign", "--text", "GID_AAA", "--secret-key-file", file.toString());
        assertThat(signed.get("password").asText()).isEqualTo("/c/QThLwShTePSefjn1D04QRfvg=");
    }

    @Test
    void everyOperationRefusesWhoHasNoToken() {
        for (Operation<?, ?, ?> operation : Operations.all()) {
            String target = "/api/v1" + operation.path().replaceAll("\\{[^}]*}", "x");
            HttpResponse<String> response = management.send(
                    management.request(target).method(operation.verb().name(), HttpRequest.BodyPublishers.noBody()));
            assertThat(response.statusCode()).as(target).isEqualTo(401);
        }
    }

    @Test
    void aReaderMayOnlyLookAndPagesOfOtherSitesNothing() {
        String token = management
                .write("POST", "/tokens", "{\"name\":\"looker\",\"role\":\"read\",\"days\":1}")
                .get("token")
                .asText();
        HttpRequest.Builder look = management.request("/api/v1/clients").header("Authorization", "Bearer " + token);
        assertThat(management.send(look).statusCode()).isEqualTo(200);
        assertThat(management
                        .send(look.copy().header("Origin", "https://evil.example"))
                        .statusCode())
                .isEqualTo(403);
        for (Operation<?, ?, ?> operation : Operations.all()) {
            if (operation.verb().writes() && !operation.id().equals("sign")) {
                HttpResponse<String> response = management.send(management
                        .request("/api/v1" + operation.path().replaceAll("\\{[^}]*}", "x"))
                        .header("Authorization", "Bearer " + token)
                        .method(operation.verb().name(), HttpRequest.BodyPublishers.noBody()));
                assertThat(response.statusCode()).as(operation.id()).isEqualTo(403);
            }
        }
        assertThat(texts(management.ctlJson("tokens", "list").get("items"), "name"))
                .contains("file", "looker");
        assertThat(management.ctl("tokens", "delete", "looker").exitCode()).isZero();
        assertThat(management.send(look).statusCode()).isEqualTo(401);
        assertThat(management.ctl("tokens", "delete", "looker").exitCode()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST   | /publish                     | {'topic':'Ops/+','payload':''}           | topic     | 400",
                "POST   | /publish                     | {'topic':'Nowhere/a'}                    | topic     | 400",
                "POST   | /publish                     | {'topic':'Ops/a','qos':3}                | qos       | 400",
                "POST   | /publish                     | {'topic':'Ops/a','payload':'!','encoding':'base64'} | payload | 400",
                "GET    | /clients?limit=1001          |                                          | limit     | 400",
                "GET    | /clients?nonsense=1          |                                          | nonsense  | 400",
                "GET    | /retained?filter=a%23        |                                          | filter    | 400",
                "PUT    | /alarms/connections          | {'threshold':101}                        | threshold | 400",
                "PUT    | /alarms/nonsense             | {'threshold':1}                          | item      | 400",
                "PUT    | /alarm-webhook               | {'address':'file:///etc/passwd'}         | address   | 400",
                "POST   | /tokens                      | {'name':'a b','role':'read'}             | name      | 400",
                "PUT    | /bans/x                      | {'reason':1}                             | reason    | 400",
                "POST   | /accounts                    | {'name':'odd','publish':['+']}           | publish   | 400",
                "PUT    | /accounts/full               | {'groups':['GID_*']}                     | groups    | 400",
                "POST   | /accounts                    | {'name':'odd','main':'nobody'}           | main      | 404",
                "POST   | /groups                      | {'name':'TOOLS_CONSUMER','kind':'consumer'} | name   | 400",
                "POST   | /policies                    | {'name':'odd','document':{}}             | document.Version | 400",
                "POST   | /device-credentials          | {'account':'full','clientId':'odd'}      | clientId  | 400",
                "POST   | /device-credentials          | {'account':'full','clientId':'GID_No@@@1'} | clientId | 404",
                "POST   | /mqtt-tokens                 | {'account':'full','resources':['Ops'],'actions':['R'],'expires':'+999999999-01-01T00:00:00Z'} | expires | 400",
                "GET    | /groups/GID_Nowhere/status   |                                          | groupId   | 404",
                "GET    | /topics/activity?topic=a%23  |                                          | topic     | 400",
                "GET    | /topics/subscribers?topic=%2B |                                         | topic     | 400",
            })
    void badInputIsNamedAndChangesNothing(String method, String path, String body, String field, int status) {
        HttpResponse<String> response = management.call(method, path, body == null ? "" : body.replace('\'', '"'));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(texts(management.json(response.body()).get("errors"), "field"))
                .contains(field);
        assertThat(management.get("/bans").get("items")).isEmpty();
        assertThat(management.call("GET", "/accounts/odd", "").statusCode()).isEqualTo(404);
    }

    @Test
    void everyOperationNamesWhatItDoesNotKnow() {
        for (Operation<?, ?, ?> operation : Operations.all()) {
            String path = operation.path().replaceAll("\\{[^}]*}", "x");
            HttpResponse<String> parameter = management.call(operation.verb().name(), path + "?surprise=1", "");
            HttpResponse<String> field = management.call(operation.verb().name(), path, "{\"surprise\":1}");
            assertThat(parameter.statusCode()).as(operation.id()).isEqualTo(400);
            assertThat(texts(management.json(parameter.body()).get("errors"), "field"))
                    .as(operation.id())
                    .contains("surprise");
            assertThat(field.statusCode()).as(operation.id()).isEqualTo(400);
        }
    }

    @Test
    void theMetricsTellWhatDevicesDo() throws Exception {
        Map<String, Double> before = metrics();
        try (PahoDevice receiver = PahoDevice.connect(server, "GID_Ops@@@counted");
                PahoDevice sender = PahoDevice.connect(server, "GID_Ops@@@counting")) {
            receiver.subscribe("Ops/counted", 1);
            for (int i = 0; i < 64; i++) { // one of so many is measured
                sender.publish("Ops/counted", "four", 1);
                receiver.next();
            }
            assertThatThrownBy(() -> PahoDevice.connect(server, "nonsense")).isInstanceOf(MqttException.class);
            Awaitility.await().untilAsserted(() -> {
                Map<String, Double> now = metrics();
                assertThat(now.get("isthmus_connections")).isGreaterThanOrEqualTo(2);
                assertThat(now.get("isthmus_subscriptions")).isGreaterThanOrEqualTo(1);
                for (String direction : List.of("in", "out")) {
                    String labels = "{direction=\"" + direction + "\",qos=\"1\"}";
                    assertThat(growth(before, now, "isthmus_messages_total" + labels))
                            .isGreaterThanOrEqualTo(64);
                    assertThat(growth(before, now, "isthmus_message_bytes_total" + labels))
                            .isGreaterThanOrEqualTo(256);
                    assertThat(growth(before, now, "isthmus_acknowledgements_total{direction=\"" + direction + "\"}"))
                            .isGreaterThanOrEqualTo(64);
                }
                assertThat(growth(before, now, "isthmus_connects_refused_total{code=\"identifier_rejected\"}"))
                        .isGreaterThanOrEqualTo(1);
                assertThat(growth(before, now, "isthmus_disconnects_total{reason=\"refused\"}"))
                        .isGreaterThanOrEqualTo(1);
                assertThat(growth(before, now, "isthmus_append_latency_seconds_count"))
                        .isGreaterThanOrEqualTo(4);
                assertThat(growth(before, now, "isthmus_delivery_latency_seconds_count"))
                        .isGreaterThanOrEqualTo(1);
                assertThat(growth(before, now, "isthmus_log_bytes")).isGreaterThan(64 * 100);
                assertThat(growth(before, now, "isthmus_bridge_total{event=\"uplink_stored\"}"))
                        .isGreaterThanOrEqualTo(64);
                assertThat(now.get("isthmus_feed_lag_bytes")).isZero();
                assertThat(now)
                        .containsKeys(
                                "isthmus_in_flight",
                                "isthmus_consumer_backlog{group=\"GID_Ops\"}",
                                "isthmus_backlog",
                                "isthmus_event_loop_lag_seconds{loop=\"0\"}",
                                "isthmus_messages_dropped_total{reason=\"qos0_slow_client\"}",
                                "isthmus_refusals_total{limit=\"subscriptions\"}",
                                "isthmus_disk_free_bytes");
            });
        }
    }

    private static double growth(Map<String, Double> before, Map<String, Double> now, String name) {
        return now.get(name) - before.get(name);
    }

    /** Each with its labels. */
    private Map<String, Double> metrics() {
        HttpResponse<String> response =
                management.send(management.request("/metrics").header("Authorization", "Bearer " + management.token()));
        assertThat(response.statusCode()).isEqualTo(200);
        Map<String, Double> metrics = new TreeMap<>();
        response.body().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            metrics.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
        });
        return metrics;
    }

    @Test
    void theDashboardUsesOnlyMetricsThatThereAre() throws IOException {
        Set<String> served = new TreeSet<>();
        metrics().keySet().forEach(metric -> served.add(metric.split("\\{", 2)[0]));
        assertThat(served)
                .contains("isthmus_connections", "isthmus_append_latency_seconds_bucket", "jvm_memory_used_bytes");
        String dashboard = Files.readString(Path.of("..", "examples", "grafana", "isthmus.json"));
        Set<String> used = new TreeSet<>();
        Pattern.compile("\\b(isthmus|jvm|process|system)_[a-z0-9_]+")
                .matcher(dashboard)
                .results()
                .forEach(found -> used.add(found.group()));
        assertThat(used).hasSizeGreaterThan(10);
        assertThat(served).containsAll(used);
    }

    @Test
    void healthIsToldWithoutAToken() {
        assertThat(management.send(management.request("/health/live")).statusCode())
                .isEqualTo(200);
        HttpResponse<String> ready = management.send(management.request("/health/ready"));
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(management.json(ready.body()).at("/checks/feed").asText()).isEqualTo("ok");
    }
}
