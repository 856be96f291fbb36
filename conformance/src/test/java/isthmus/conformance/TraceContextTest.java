package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.Management;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.RocketMqApplication;
import isthmus.conformance.fixture.ServerApplication;
import isthmus.conformance.fixture.ServerApplication.Inbox;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The W3C Trace Context of a message, which OpenTelemetry keeps in two of its properties. */
@ExtendWith(SharedServer.class)
class TraceContextTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String STATE = "vendor=00f067aa0ba902b7";
    private static final String TOPIC = "Traced";

    private final TestServer server;

    TraceContextTest(TestServer server) {
        this.server = server;
    }

    private static ServerApplication application(TestServer server) {
        return new RocketMqApplication(server, "GID_Traced", TestServer.ACCESS_KEY, TestServer.SECRET_KEY);
    }

    @Test
    void thatOfAServerApplicationReachesTheOthersAndNotTheDevice() throws Exception {
        try (ServerApplication application = application(server);
                PahoDevice device = PahoDevice.connect(server, "GID_Apps@@@traced")) {
            Inbox inbox = application.consume(TOPIC, "*");
            device.subscribe(TOPIC + "/down", 1);
            application.send(
                    TOPIC,
                    "MQ2MQTT",
                    Map.of("mqttSecondTopic", "/down", "traceparent", PARENT, "tracestate", STATE),
                    "traced");

            assertThat(device.next()).isEqualTo(new PahoDevice.Received(TOPIC + "/down", "traced", 1, false));
            assertThat(named(inbox, "traced").properties())
                    .containsEntry("traceparent", PARENT)
                    .containsEntry("tracestate", STATE);
        }
    }

    @Test
    void whoWatchesADeviceSeesTheTraceOfWhatItReceives() throws Exception {
        Management management = new Management(server);
        String clientId = "GID_Apps@@@watched";
        try (PahoDevice device = PahoDevice.connect(server, clientId);
                BufferedReader watching = new BufferedReader(new InputStreamReader(
                        management.stream(management
                                .request("/api/v1/clients/" + clientId + "/trace?seconds=60")
                                .header("Authorization", "Bearer " + management.token())),
                        StandardCharsets.UTF_8))) {
            assertThat(next(watching, "begun")).isNotNull();
            device.subscribe(TOPIC + "/watched", 1);
            post(
                    management,
                    "/publish",
                    "{\"topic\": \"" + TOPIC + "/watched\", \"payload\": \"hidden\"}",
                    PARENT,
                    STATE);
            assertThat(device.next().payload()).isEqualTo("hidden");
            assertThat(next(watching, "PUBLISH"))
                    .contains("trace=4bf92f3577b34da6a3ce929d0e0e4736")
                    .doesNotContain("hidden");
        }
    }

    /** The next line with this text. */
    private static String next(BufferedReader lines, String text) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(text)) {
            line = lines.readLine();
        }
        return line;
    }

    @Test
    void thatOfARequestGoesOnInTheMessage() throws Exception {
        Management management = new Management(server);
        String publication = "{\"topic\": \"" + TOPIC + "/api\", \"payload\": \"%s\"}";
        try (ServerApplication application = application(server)) {
            Inbox inbox = application.consume(TOPIC, "*");
            post(management, "/publish", publication.formatted("published"), PARENT, STATE);
            post(management, "/queue/topics/" + TOPIC + "/messages", "{\"text\": \"tried\"}", PARENT, STATE);
            post(management, "/publish", publication.formatted("nonsense"), PARENT.replace("00-4", "00_4"), STATE);

            Map<String, ServerApplication.Received> received = new HashMap<>();
            while (!received.keySet().containsAll(List.of("published", "tried", "nonsense"))) {
                ServerApplication.Received message = inbox.next();
                received.put(message.body(), message);
            }
            for (String body : List.of("published", "tried")) {
                assertThat(received.get(body).properties())
                        .containsEntry("traceparent", PARENT)
                        .containsEntry("tracestate", STATE);
            }
            assertThat(received.get("nonsense").properties()).doesNotContainKeys("traceparent", "tracestate");
        }
    }

    @Test
    void aDevicesMessageHasNoneUnlessThatIsSetUp(@TempDir Path directory) throws Exception {
        assertThat(published(server).properties()).doesNotContainKey("traceparent");
        try (TestServer tracing = TestServer.startWithSettings(
                directory.resolve("data"), Map.of(), "bridge.traceContext=true", "bridge.traceSampledOneIn=0")) {
            assertThat(published(tracing).properties().get("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
        }
    }

    private static ServerApplication.Received published(TestServer server) throws Exception {
        try (ServerApplication application = application(server);
                PahoDevice device = PahoDevice.connect(server, "GID_Apps@@@tracer")) {
            Inbox inbox = application.consume(TOPIC, "*");
            device.publish(TOPIC + "/up", "from a device", 1);
            return named(inbox, "from a device");
        }
    }

    private static void post(Management management, String path, String body, String parent, String state) {
        assertThat(management
                        .send(management
                                .request("/api/v1" + path)
                                .header("Authorization", "Bearer " + management.token())
                                .header("traceparent", parent)
                                .header("tracestate", state)
                                .POST(HttpRequest.BodyPublishers.ofString(body)))
                        .statusCode())
                .isEqualTo(200);
    }

    /** Past what the other tests sent before. */
    private static ServerApplication.Received named(Inbox inbox, String body) throws InterruptedException {
        ServerApplication.Received message = inbox.next();
        while (!message.body().equals(body)) {
            message = inbox.next();
        }
        return message;
    }
}
