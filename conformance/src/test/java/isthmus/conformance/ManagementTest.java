package isthmus.conformance;

import static isthmus.conformance.fixture.Management.encoded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import isthmus.conformance.fixture.Management;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.api.Operation;
import isthmus.server.operations.Operations;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The management interface of the assembled server, over HTTP and by {@code isthmus ctl}, with real clients connected. */
class ManagementTest {
    private static final String CONFIGURATION =
            """
            mqtt:
              tcp: {host: 127.0.0.1, port: 0}
              tls: {port: off}
              ws: {port: off}
              wss: {port: off}
              limits: {connections: 100}
            queue:
              embedded: {nameServerPort: 0, brokerPort: 0}
            web: {port: off}
            api: {port: 0}
            resources:
              accounts:
                - {accessKey: full, secretKey: a-secret-that-no-log-may-show}
              topics: [Ops]
              groups: [GID_Ops, GID_Else]
            """;

    @TempDir
    static Path directory;

    private static TestServer server;
    private static Management management;

    @BeforeAll
    static void start() throws IOException {
        Path file = Files.writeString(directory.resolve("server.yaml"), CONFIGURATION);
        server = TestServer.startWith(directory.resolve("data"), Map.of(), List.of("run", "--config", file.toString()));
        management = new Management(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static PahoDevice device(String name) throws MqttException {
        return PahoDevice.connect(server, "GID_Ops@@@" + name);
    }

    private static PahoDevice stored(String name) throws MqttException {
        return PahoDevice.connect(server, server.tcp(), "GID_Ops@@@" + name, options -> options.setCleanSession(false));
    }

    private static List<String> texts(JsonNode items, String field) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.path(field).asText()));
        return texts;
    }

    private static String path(String name) {
        return "/clients/" + encoded("GID_Ops@@@" + name);
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

    @Test
    void clientsAreListedSearchedAndShown() throws MqttException {
        try (PahoDevice first = device("list-1");
                PahoDevice second = stored("list-2")) {
            second.subscribe("Ops/list/#", 2);
            second.subscribe("Ops/list/a", 0);
            JsonNode page = management.get("/clients?prefix=" + encoded("GID_Ops@@@list-") + "&limit=1");
            assertThat(texts(page.get("items"), "clientId")).containsExactly("GID_Ops@@@list-1");
            JsonNode rest = management.get("/clients?prefix=" + encoded("GID_Ops@@@list-") + "&limit=1&cursor="
                    + page.get("next").asText());
            assertThat(texts(rest.get("items"), "clientId")).containsExactly("GID_Ops@@@list-2");
            assertThat(rest.has("next")).isFalse();
            assertThat(texts(
                            management
                                    .get("/clients?address=127.0.0.1&online=true&limit=1000")
                                    .get("items"),
                            "clientId"))
                    .contains("GID_Ops@@@list-1", "GID_Ops@@@list-2");
            assertThat(management.get("/clients?group=GID_Else").get("items")).isEmpty();
            assertThat(management
                            .ctl("clients", "list", "--prefix", "GID_Ops@@@list-", "--all", "--limit", "1")
                            .output())
                    .contains("CLIENTID", "GID_Ops@@@list-1", "GID_Ops@@@list-2");

            JsonNode shown = management.ctlJson("clients", "show", "GID_Ops@@@list-2");
            assertThat(shown.get("online").asBoolean()).isTrue();
            assertThat(shown.at("/connection/account").asText()).isEqualTo("full");
            assertThat(texts(shown.get("subscriptions"), "filter")).containsExactly("Ops/list/#", "Ops/list/a");
            assertThat(texts(shown.get("subscriptions"), "qos")).containsExactly("2", "0");
            assertThat(texts(
                            management
                                    .get("/topics/subscribers?topic=" + encoded("Ops/list/a"))
                                    .get("items"),
                            "filter"))
                    .containsExactly("Ops/list/#");
            assertThat(management.call("GET", path("nobody"), "").statusCode()).isEqualTo(404);
            assertThat(management.ctl("clients", "show", "nobody").exitCode()).isEqualTo(4);
        }
        management.write("DELETE", path("list-2") + "/session", "");
    }

    @Test
    void anOperatorDisconnectsDeletesAndBans() throws Exception {
        try (PahoDevice device = stored("cut")) {
            assertThat(management.ctl("clients", "disconnect", "GID_Ops@@@cut").exitCode())
                    .isZero();
            assertThat(device.awaitLost()).isTrue();
        }
        JsonNode shown = management.get(path("cut"));
        assertThat(shown.get("online").asBoolean()).isFalse();
        assertThat(shown.at("/lastDisconnect/reason").asText()).isEqualTo("operator");
        assertThat(management.call("POST", path("cut") + "/disconnect", "").statusCode())
                .isEqualTo(404);
        assertThat(management.ctl("clients", "delete-session", "GID_Ops@@@cut").exitCode())
                .isZero();
        assertThat(management.get(path("cut")).get("stored").asBoolean()).isFalse();

        management.write("PUT", "/bans/" + encoded("GID_Ops@@@cut"), "{\"reason\":\"a test\"}");
        assertThatThrownBy(() -> device("cut")).isInstanceOf(MqttException.class);
        assertThat(texts(management.ctlJson("bans", "list").get("items"), "reason"))
                .containsExactly("a test");
        assertThat(management.get(path("cut")).get("banned").asBoolean()).isTrue();
        assertThat(management.get("/instance").at("/disconnects/banned").asInt())
                .isPositive();
        assertThat(management.ctl("bans", "remove", "GID_Ops@@@cut").exitCode()).isZero();
        device("cut").close();
    }

    @Test
    void aMessageIsPublishedRetainedShownAndDeleted() throws Exception {
        try (PahoDevice device = device("retained")) {
            device.subscribe("Ops/kept", 1);
            JsonNode published =
                    management.ctlJson("publish", "--topic", "Ops/kept", "--payload", "hello", "--retain", "true");
            assertThat(published.get("bytes").asInt()).isEqualTo(5);
            assertThat(device.next().payload()).isEqualTo("hello");
            await().until(() -> !management
                    .get("/retained?filter=" + encoded("Ops/+"))
                    .get("items")
                    .isEmpty());
            assertThat(management
                            .get("/retained/message?topic=" + encoded("Ops/kept"))
                            .get("payload")
                            .asText())
                    .isEqualTo("hello");
            assertThat(management
                            .ctl("retained", "delete", "--topic", "Ops/kept")
                            .exitCode())
                    .isZero();
            await().until(() -> management
                            .call("GET", "/retained/message?topic=" + encoded("Ops/kept"), "")
                            .statusCode()
                    == 404);
        }
        management.write(
                "POST",
                "/publish",
                "{\"topic\":\"Ops/raw\",\"payload\":\"AP8=\",\"encoding\":\"base64\",\"retain\":true}");
        await().until(() -> management
                        .call("GET", "/retained/message?topic=" + encoded("Ops/raw"), "")
                        .statusCode()
                == 200);
        assertThat(management
                        .get("/retained/message?topic=" + encoded("Ops/raw"))
                        .get("encoding")
                        .asText())
                .isEqualTo("base64");
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
            })
    void badInputIsNamedAndChangesNothing(String method, String path, String body, String field, int status) {
        HttpResponse<String> response =
                management.call(method, path.replace("Ops/+", "Ops/%2B"), body == null ? "" : body.replace('\'', '"'));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(texts(management.json(response.body()).get("errors"), "field"))
                .contains(field);
        assertThat(management.get("/bans").get("items")).isEmpty();
    }

    @Test
    void theInstanceItsGroupsAndTopicsShowWhatTheyDo() throws Exception {
        assertThat(management
                        .get("/topics/activity?topic=" + encoded("Ops/busy"))
                        .get("in")
                        .asInt())
                .isZero();
        try (PahoDevice device = device("busy")) {
            device.subscribe("Ops/busy", 1);
            device.publish("Ops/busy", "one", 1);
            device.next();
            JsonNode activity = management.ctlJson("topics", "activity", "--topic", "Ops/busy");
            assertThat(activity.get("in").asInt()).isEqualTo(1);
            assertThat(activity.get("out").asInt()).isEqualTo(1);
            assertThat(management
                            .ctlJson("groups", "status", "GID_Ops")
                            .get("online")
                            .asInt())
                    .isPositive();
            JsonNode instance = management.ctlJson("instance", "show");
            assertThat(instance.get("messagesIn").asInt()).isPositive();
            assertThat(texts(instance.get("use"), "item")).contains("connections", "subscriptions");
            assertThat(management.get("/instance/history?minutes=5").has("items"))
                    .isTrue();
        }
        assertThat(management
                        .ctl("sign", "--text", "GID_AAA", "--secret-key", "DEMO_SK")
                        .output())
                .contains("/c/QThLwShTePSefjn1D04QRfvg=");
    }

    @Test
    void aTraceIsALiveStreamWithoutPayloads() throws Exception {
        try (PahoDevice device = device("traced");
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        management.stream(path("traced") + "/trace?seconds=20"), StandardCharsets.UTF_8))) {
            assertThat(nextWith(lines, "begun")).contains("\"kind\":\"trace\"");
            device.publish("Ops/traced", "not to be seen", 1);
            String publish = nextWith(lines, "\"name\":\"PUBLISH\"");
            assertThat(publish).contains("topic=Ops/traced").doesNotContain("not to be seen");
            assertThat(nextWith(lines, "PUBACK")).contains("\"kind\":\"sent\"");
        }
    }

    private static String nextWith(BufferedReader lines, String text) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("the stream ended without " + text);
    }

    @Test
    void anAlarmIsRaisedPostedAndCleared() throws Exception {
        List<String> posted = new CopyOnWriteArrayList<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        try (PahoDevice device = device("alarm")) {
            String address = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/alarm";
            assertThat(management.call("POST", "/alarm-webhook/test", "").statusCode())
                    .isEqualTo(409);
            assertThat(management
                            .ctl("alarms", "set-webhook", "--address", address)
                            .exitCode())
                    .isZero();
            assertThat(management.ctlJson("alarms", "test").get("status").asInt())
                    .isEqualTo(200);
            management.write("PUT", "/alarms/connections", "{\"threshold\":1}");
            await().until(() -> posted.stream().anyMatch(text -> text.contains("\"raised\"")));
            assertThat(server.log()).contains("alarm connections raised");
            management.write("PUT", "/alarms/connections", "{\"threshold\":70}");
            await().until(() -> posted.stream().anyMatch(text -> text.contains("\"cleared\"")));
            assertThat(management.ctl("alarms", "list").output()).contains("connections", "delay");
            assertThat(management.ctl("alarms", "delete-webhook").exitCode()).isZero();
            assertThat(management.get("/alarm-webhook").has("address")).isFalse();
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void theDashboardUsesOnlyMetricsThatThereAre() throws IOException {
        HttpResponse<String> response =
                management.send(management.request("/metrics").header("Authorization", "Bearer " + management.token()));
        assertThat(response.statusCode()).isEqualTo(200);
        Set<String> served = new TreeSet<>();
        response.body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> served.add(line.split("[{ ]", 2)[0]));
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

    @Test
    void aReloadAppliesWhatItCanAndSaysWhatNeedsARestart() throws IOException {
        Path file = directory.resolve("server.yaml");
        try {
            Files.writeString(file, CONFIGURATION.replace("connections: 100", "connections: 90, keepAliveMax: 100"));
            JsonNode reloaded = management.ctlJson("configuration", "reload");
            assertThat(reloaded.get("applied").toString()).isEqualTo("[\"mqtt.limits.connections\"]");
            assertThat(reloaded.get("needRestart").toString()).isEqualTo("[\"mqtt.limits.keepAliveMax\"]");
            assertThat(management.get("/instance").at("/use/0/limit").asInt()).isEqualTo(90);
            Files.writeString(file, CONFIGURATION.replace("connections: 100", "connections: many"));
            HttpResponse<String> broken = management.call("POST", "/configuration/reload", "");
            assertThat(broken.statusCode()).isEqualTo(422);
            assertThat(broken.body()).contains("mqtt.limits.connections");
        } finally {
            Files.writeString(file, CONFIGURATION);
            management.write("POST", "/configuration/reload", "");
        }
        assertThat(management.get("/instance").at("/use/0/limit").asInt()).isEqualTo(100);
        assertThat(management.ctl("configuration", "show").output())
                .contains("mqtt.limits.connections")
                .doesNotContain("a-secret-that-no-log-may-show");
        JsonNode audit = management.get("/audit?operation=configurationReload&limit=3");
        assertThat(texts(audit.get("items"), "status")).containsExactly("200", "422", "200");
    }
}
