package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.PahoDevice.Received;
import isthmus.conformance.fixture.ServerCommand;
import isthmus.conformance.fixture.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server from its first start on: what it makes, what it keeps, and how it ends. */
class LifeTest {
    private static final Pattern ACCESS_KEY = Pattern.compile("AccessKey +(\\S+)");
    private static final Pattern SECRET_FILE = Pattern.compile("Secret key +in (\\S+)");

    @TempDir
    Path directory;

    @Test
    void whatWasAcknowledgedIsThereAfterARestart() throws Exception {
        Path data = directory.resolve("data");
        try (TestServer server = TestServer.start(data, ServerCommand.SHORT_LIVED)) {
            PahoDevice device = stored(server);
            device.subscribe("Paho/life/#", 2);
            device.close();
            try (PahoDevice sender = PahoDevice.connect(server, "GID_Paho@@@life-sender")) {
                for (int i = 0; i < 100; i++) {
                    sender.publish("Paho/life/" + i, "message " + i, 1 + i % 2);
                }
                sender.client().publish("Paho/retained-life", "kept".getBytes(), 1, true);
            }
            assertThat(server.stop()).isZero();
            assertThat(server.log()).contains("Stopped.").doesNotContain("\tat ");
        }
        try (TestServer server = TestServer.start(data, ServerCommand.SHORT_LIVED);
                PahoDevice device = stored(server)) {
            List<Received> waited = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                waited.add(device.next());
            }
            for (int qos = 1; qos <= 2; qos++) { // MQTT keeps the order of messages with one QoS only (section 4.6)
                int which = qos;
                List<Received> expected = IntStream.range(0, 100)
                        .filter(i -> 1 + i % 2 == which)
                        .mapToObj(i -> new Received("Paho/life/" + i, "message " + i, which, false))
                        .toList();
                assertThat(waited).filteredOn(message -> message.qos() == which).isEqualTo(expected);
            }
            device.subscribe("Paho/retained-life", 1);
            assertThat(device.next()).isEqualTo(new Received("Paho/retained-life", "kept", 1, true));
            device.publish("Paho/life/new", "goes on", 1);
            assertThat(device.next().payload()).isEqualTo("goes on");
        }
    }

    @Test
    void theFirstStartMakesAnAccountThatLaterStartsKeepAndWritesNothingElsewhere() throws Exception {
        Path data = directory.resolve("data");
        Path home = Files.createDirectory(directory.resolve("home"));
        String firstSecret;
        try (TestServer server = unconfigured(data, home)) {
            Path secretFile = Path.of(said(server, SECRET_FILE));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secretFile)))
                    .isEqualTo("rw-------");
            firstSecret = Files.readString(secretFile).strip();
            assertThat(server.log()).doesNotContain(firstSecret);
            signOn(server, said(server, ACCESS_KEY), firstSecret);
        }
        try (TestServer server = unconfigured(data, home)) {
            Path secretFile = Path.of(said(server, SECRET_FILE));
            assertThat(secretFile).hasContent(firstSecret);
            signOn(server, said(server, ACCESS_KEY), firstSecret);
        }
        assertThat(entries(directory)).containsExactly("data", "home");
        assertThat(entries(home)).isEmpty();
    }

    private static PahoDevice stored(TestServer server) throws Exception {
        return PahoDevice.connect(server, server.tcp(), "GID_Paho@@@life", options -> options.setCleanSession(false));
    }

    /** As a person starts it first, but on free ports. */
    private static TestServer unconfigured(Path data, Path home) {
        List<String> arguments = new ArrayList<>(List.of("run"));
        for (String key : List.of(
                "mqtt.tcp.port",
                "mqtt.tls.port",
                "mqtt.ws.port",
                "mqtt.wss.port",
                "web.port",
                "api.port",
                "queue.embedded.nameServerPort",
                "queue.embedded.brokerPort")) {
            arguments.addAll(List.of("--set", key + "=0"));
        }
        return TestServer.startWith(
                data, Map.of("ISTHMUS_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Duser.home=" + home), arguments);
    }

    private static String said(TestServer server, Pattern pattern) {
        Matcher matcher = pattern.matcher(server.log());
        assertThat(matcher.find()).as("%s in:\n%s", pattern, server.log()).isTrue();
        return matcher.group(1);
    }

    private static void signOn(TestServer server, String accessKey, String secretKey) throws Exception {
        PahoDevice device = PahoDevice.connect(
                server, server.tcp(), "GID_Sensors@@@first", options -> signOn(options, accessKey, secretKey));
        device.subscribe("Telemetry/#", 1);
        device.publish("Telemetry/first", "hello", 1);
        assertThat(device.next().payload()).isEqualTo("hello");
        device.close();
    }

    private static void signOn(MqttConnectOptions options, String accessKey, String secretKey) {
        options.setUserName(accessKey);
        options.setPassword(TestServer.password("GID_Sensors", secretKey).toCharArray());
    }

    private static List<String> entries(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
