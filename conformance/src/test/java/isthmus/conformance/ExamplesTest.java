package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import isthmus.conformance.fixture.CapturedProcess;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the examples as their README says. */
@ExtendWith(SharedServer.class)
class ExamplesTest {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    /** Seconds after which a program would give up by itself: more than all that the test waits for. */
    private static final String UNTIL_CLOSED = "600";

    private final TestServer server;

    ExamplesTest(TestServer server) {
        this.server = server;
    }

    @Test
    void theJavaReceiverReceivesWhatTheJavaSenderSends() {
        try (CapturedProcess receiver = run("MqttReceiver", "receiver", "6", UNTIL_CLOSED)) {
            receiver.awaitLine("ready", DEADLINE);
            succeed(run("MqttSender", "sender", "3"));
            succeed(run("MqttSender", "sender", "3", "GID_Examples@@@receiver"));
            succeed(receiver);
            assertThat(receiver.lines())
                    .contains("received from Examples/demo: message 1 from sender")
                    .contains("received from Examples/p2p/GID_Examples@@@receiver: message 3 from sender");
        }
    }

    @Test
    void aReceiverToWhichNobodySendsEndsWithOne() {
        try (CapturedProcess receiver = run("MqttReceiver", "lonely", "1000", "1")) {
            assertThat(receiver.awaitExit(DEADLINE)).isEqualTo(1);
        }
    }

    @Test
    void theProgramOverTlsTrustsTheServersAuthority() {
        try (CapturedProcess program = run("MqttOverTls", "tls")) {
            succeed(program);
            assertThat(program.output()).contains("received over TLS: nobody listens in");
        }
    }

    @Test
    void thePythonReceiverReceivesWhatThePythonSenderSends() {
        String python = python();
        try (CapturedProcess receiver = python(python, Map.of(), "receive.py", "python-receiver", "5", UNTIL_CLOSED)) {
            receiver.awaitLine("ready", DEADLINE);
            succeed(python(python, Map.of(), "send.py", "python-sender", "3"));
            Map<String, String> tls =
                    Map.of("ISTHMUS_CA_FILE", server.trust().caFile().toString());
            succeed(python(python, tls, "send.py", "python-sender", "2", "GID_Examples@@@python-receiver"));
            succeed(receiver);
            assertThat(receiver.lines())
                    .contains("received from Examples/demo: message 3 from python-sender")
                    .contains(
                            "received from Examples/p2p/GID_Examples@@@python-receiver: message 2 from python-sender");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ons", "RocketMq"})
    void aServerApplicationSendsToDevices(String client) throws Exception {
        String clientId = "GID_Examples@@@to-" + client;
        try (PahoDevice device =
                PahoDevice.connect(server, server.tcp(), clientId, options -> options.setCleanSession(false))) {
            device.subscribe("Examples/demo", 1);
            succeed(run(client + "ToDevices", "2"));
            assertThat(device.next().payload()).isEqualTo("message 1 from the server application");
            assertThat(device.next().payload()).isEqualTo("message 2 from the server application");
            device.client().unsubscribe("Examples/demo");
        }
        succeed(run(client + "ToDevices", "1", clientId));
        try (PahoDevice device =
                PahoDevice.connect(server, server.tcp(), clientId, options -> options.setCleanSession(false))) {
            assertThat(device.next().topic()).isEqualTo("Examples/p2p/" + clientId);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ons", "RocketMq"})
    void aServerApplicationReceivesFromDevices(String client) throws Exception {
        String deviceId = "from-" + client;
        Map<String, String> group = Map.of("ISTHMUS_APPLICATION_GROUP", "GID_Examples" + client);
        try (CapturedProcess application = run(group, client + "FromDevices", "1000", UNTIL_CLOSED)) {
            succeed(run("MqttSender", deviceId, "3"));
            for (int i = 1; i <= 3; i++) {
                application.awaitLine(
                        "received from GID_Examples@@@" + deviceId + ", sub-topic /demo, QoS 1: message " + i,
                        DEADLINE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ons", "RocketMq"})
    void aServerApplicationKnowsWhoIsOnline(String client) throws Exception {
        String clientId = "GID_Examples@@@presence-" + client;
        Map<String, String> group = Map.of("ISTHMUS_APPLICATION_GROUP", "GID_Examples" + client + "Presence");
        try (CapturedProcess application = run(group, client + "Presence", "1000", UNTIL_CLOSED)) {
            application.awaitLine("ready", DEADLINE);
            PahoDevice first = PahoDevice.connect(server, clientId);
            application.awaitLine(clientId + " is online", DEADLINE);
            PahoDevice second = PahoDevice.connect(server, clientId); // takes over
            assertThat(first.awaitLost()).isTrue();
            second.vanish();
            // A takeover may be seen as off and on; in the end the device is offline, and stays that.
            await().atMost(DEADLINE).during(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(application.lines())
                    .filteredOn(line -> line.startsWith(clientId))
                    .last()
                    .asString()
                    .startsWith(clientId + " is offline"));
        }
    }

    private void succeed(CapturedProcess program) {
        try (program) {
            assertThat(program.awaitExit(DEADLINE)).as(program.output()).isZero();
        }
    }

    private CapturedProcess run(String... arguments) {
        return run(Map.of(), arguments);
    }

    private CapturedProcess run(Map<String, String> environment, String... arguments) {
        return start(
                environment,
                Stream.concat(Stream.of("./run"), Stream.of(arguments)).toList());
    }

    private CapturedProcess python(String python, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.set(0, "python/" + command.get(0));
        command.add(0, python);
        Map<String, String> all = new HashMap<>(Map.of("ISTHMUS_CA_FILE", ""));
        all.putAll(environment);
        return start(all, command);
    }

    private CapturedProcess start(Map<String, String> environment, List<String> command) {
        Map<String, String> all = new HashMap<>();
        all.put("ISTHMUS_HOST", server.tcp().getHost());
        all.put("ISTHMUS_MQTT_PORT", Integer.toString(server.tcp().getPort()));
        all.put("ISTHMUS_TLS_PORT", Integer.toString(server.tls().getPort()));
        all.put("ISTHMUS_CA_FILE", server.trust().caFile().toString());
        all.put("ISTHMUS_NAME_SERVER", server.nameServer());
        all.put("ISTHMUS_ACCESS_KEY", TestServer.ACCESS_KEY);
        all.put("ISTHMUS_SECRET_KEY", TestServer.SECRET_KEY);
        all.put("ISTHMUS_TOPIC", "Examples");
        all.put("ISTHMUS_GROUP", "GID_Examples");
        all.put("ISTHMUS_APPLICATION_GROUP", "GID_ExamplesOns");
        all.putAll(environment);
        return CapturedProcess.start(EXAMPLES, all, command);
    }

    /** A Python with Paho: the first on the path, or Debian's. */
    private static String python() {
        List<String> candidates = List.of("python3", "/usr/bin/python3");
        for (String python : candidates) {
            try (CapturedProcess trial =
                    CapturedProcess.start(EXAMPLES, Map.of(), List.of(python, "-c", "import paho.mqtt.client"))) {
                if (trial.awaitExit(DEADLINE) == 0) {
                    return python;
                }
            } catch (java.io.UncheckedIOException notInstalled) {
                // The next one.
            }
        }
        assumeTrue(false, "no python3 with paho-mqtt (Debian: apt-get install python3-paho-mqtt)");
        throw new IllegalStateException();
    }
}
