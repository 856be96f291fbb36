package isthmus.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReaderTest {
    @TempDir
    Path directory;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void nothingConfiguredGivesTheDefaults() {
        Configuration configuration = Configuration.defaults();

        assertThat(configuration.data()).isEqualTo(Path.of("./data"));
        assertThat(configuration.mqtt().tcp()).isEqualTo(new Mqtt.Tcp("0.0.0.0", new Port(1883, false)));
        assertThat(configuration.mqtt().tls().port().number()).isEqualTo(8883);
        assertThat(configuration.mqtt().tls().certificate()).isNull();
        assertThat(configuration.mqtt().tls().clientCertificate()).isEqualTo(Mqtt.ClientCertificate.OFF);
        assertThat(configuration.mqtt().ws()).isEqualTo(new Mqtt.Ws("0.0.0.0", new Port(80, false), "/mqtt"));
        assertThat(configuration.mqtt().wss().port()).isEqualTo(new Port(443, false));
        assertThat(configuration.mqtt().limits())
                .isEqualTo(new Limits(
                        1_048_576,
                        65_535,
                        1_000,
                        1_024,
                        128,
                        65_535,
                        67_108_864,
                        100_000,
                        0,
                        10_000,
                        0,
                        10_000,
                        200_000,
                        1_000_000,
                        1_000_000,
                        1_000_000,
                        67_108_864,
                        134_217_728,
                        60,
                        1_024,
                        1_000,
                        10,
                        3,
                        256,
                        500));
        assertThat(configuration.queue().mode()).isEqualTo(Queue.Mode.EMBEDDED);
        assertThat(configuration.queue().embedded())
                .isEqualTo(new Queue.Embedded("127.0.0.1", 9876, 10911, Queue.Flush.ASYNC, 72));
        assertThat(configuration.web()).isEqualTo(new Configuration.Web("127.0.0.1", new Port(8080, false)));
        assertThat(configuration.bridge().requireTag()).isTrue();
        assertThat(configuration.resources()).isEqualTo(new InitialResources(List.of(), List.of(), List.of()));
    }

    @Test
    void aFileReplacesWhatItNames() {
        Configuration configuration = read(
                """
                data: /var/lib/isthmus
                mqtt:
                  tcp:  {host: 127.0.0.1, port: 0}
                  ws:   {port: off}
                  wss:  {port: false}
                  limits: {keepAliveMax: 120, subscriptionsPerClient: 30}
                queue:
                  embedded: {flush: sync}
                bridge: {requireTag: false}
                resources:
                  accounts: [{accessKey: 0123, secretKey: SK}, {accessKey: B, secretKey: SK, publish: [Telemetry]}]
                  topics:   [Telemetry]
                  groups:   [GID_Sensors]
                """);

        assertThat(configuration.data()).isEqualTo(Path.of("/var/lib/isthmus"));
        assertThat(configuration.mqtt().tcp()).isEqualTo(new Mqtt.Tcp("127.0.0.1", Port.chosen(0)));
        assertThat(configuration.mqtt().ws().port().isOff()).isTrue();
        assertThat(configuration.mqtt().wss().port().isOff()).isTrue();
        assertThat(configuration.mqtt().tls().port()).isEqualTo(new Port(8883, false));
        assertThat(configuration.mqtt().limits().keepAliveMax()).isEqualTo(120);
        assertThat(configuration.mqtt().limits().subscriptionsPerClient()).isEqualTo(30);
        assertThat(configuration.queue().embedded().flush()).isEqualTo(Queue.Flush.SYNC);
        assertThat(configuration.bridge().requireTag()).isFalse();
        InitialResources resources = configuration.resources();
        assertThat(resources.accounts())
                .containsExactly(
                        new InitialResources.Account("0123", "SK", Set.of("*"), Set.of("*"), Set.of("*")),
                        new InitialResources.Account("B", "SK", Set.of("Telemetry"), Set.of("*"), Set.of("*")));
        assertThat(resources.topics()).containsExactly("Telemetry");
        assertThat(resources.groups()).containsExactly("GID_Sensors");
    }

    @Test
    void theEnvironmentOverridesTheFileAndAnOptionOverridesBoth() throws IOException {
        Path file = Files.writeString(
                directory.resolve("isthmus.yaml"),
                "web: {port: 1}\nmqtt: {tcp: {port: 2}, limits: {keepAliveMax: 3}}\n");
        Map<String, String> environment = Map.of(
                "ISTHMUS_MQTT_TCP_PORT", "20",
                "ISTHMUS_MQTT_LIMITS_KEEP_ALIVE_MAX", "30",
                "ISTHMUS_RESOURCES_TOPICS", "[One, Two]",
                "ISTHMUS_MQTT_TLS_CLIENT_CA", "");

        Configuration configuration = new ConfigurationReader(environment, warnings::add)
                .read(file, List.of("mqtt.limits.keepAliveMax=300", "data=/x=y", "mqtt.ws={port: 40}"));

        assertThat(configuration.web().port().number()).isEqualTo(1);
        assertThat(configuration.mqtt().tcp().port().number()).isEqualTo(20);
        assertThat(configuration.mqtt().limits().keepAliveMax()).isEqualTo(300);
        assertThat(configuration.mqtt().ws().port()).isEqualTo(Port.chosen(40));
        assertThat(configuration.mqtt().ws().path()).isEqualTo("/mqtt");
        assertThat(configuration.mqtt().tls().clientCa()).isNull();
        assertThat(configuration.data()).isEqualTo(Path.of("/x=y"));
        assertThat(configuration.resources().topics()).containsExactly("One", "Two");
        assertThat(warnings).isEmpty();
    }

    @Test
    void aSecretNeedsNoQuotesInAnOption() {
        Configuration configuration = readOptions(
                "resources.accounts=[{accessKey: AK, secretKey: 'a#b: c'}]", "resources.groups=[GID_Sensors]");

        assertThat(configuration.resources().accounts().get(0).secretKey()).isEqualTo("a#b: c");
    }

    @Test
    void anUnknownVariableIsOnlyAWarning() {
        new ConfigurationReader(
                        Map.of("ISTHMUS_MQTT_TPC_PORT", "1", "ISTHMUS_JAVA_OPTS", "-Xmx1g", "PATH", "/bin"),
                        warnings::add)
                .read(List.of());

        assertThat(warnings)
                .containsExactly("environment variable ISTHMUS_MQTT_TPC_PORT names no key and is ignored;"
                        + " did you mean ISTHMUS_MQTT_TCP_PORT?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "mqtt: {limits: {keepAliveMax: -1}}    | mqtt.limits.keepAliveMax: -1 (expected: 1..65535)",
                "mqtt: {limits: {keepAliveMax: 1h}}    | mqtt.limits.keepAliveMax: 1h (expected: 1..65535)",
                "mqtt: {limits: {maxPacketBytes: 5000000}} | mqtt.limits.maxPacketBytes: 5000000 (expected: 1024..4000000)",
                "mqtt: {limits: {clientIdBytes: 22}}   | mqtt.limits.clientIdBytes: 22 (expected: 23..65535)",
                "mqtt: {limits: {topicLevels: 99999999999}} | mqtt.limits.topicLevels: 99999999999 (expected: 1..65535)",
                "mqtt: {tcp: {port: 65536}}            | mqtt.tcp.port: 65536 (expected: 0..65535 or off)",
                "mqtt: {tcp: {port: -1}}               | mqtt.tcp.port: -1 (expected: 0..65535 or off)",
                "mqtt: {tcp: {port: [1]}}              | mqtt.tcp.port: not a single value (expected: 0..65535 or off)",
                "mqtt: {tcp: 1883}                     | mqtt.tcp: must hold keys of its own, not a value",
                "mqtt: {tcp: {host: ' '}}              | mqtt.tcp.host: empty (expected: a text)",
                "mqtt: {tcp: {prot: 1}}                | mqtt.tcp.prot: no such key; did you mean mqtt.tcp.port?",
                "mqtt: {keepAliveMax: 1}               | mqtt.keepAliveMax: no such key; did you mean mqtt.limits.keepAliveMax?",
                "mqtt: {Tcp: {port: 1}}                | mqtt.Tcp: no such key; did you mean mqtt.tcp?",
                "frobnication: 1                       | frobnication: no such key",
                "mqtt: {ws: {path: mqtt}}              | mqtt.ws.path: mqtt (expected: a path that begins with / and has no space, ? or #)",
                "mqtt: {tls: {certificate: a.pem}}     | mqtt.tls.key: missing (expected: the private key of mqtt.tls.certificate)",
                "mqtt: {tls: {key: a.pem}}             | mqtt.tls.certificate: missing (expected: the certificate of mqtt.tls.key)",
                "mqtt: {tls: {clientCertificate: yes}} | mqtt.tls.clientCertificate: yes (expected: off, optional or required)",
                "queue: {mode: remote}                 | queue.mode: remote (expected: embedded)",
                "queue: {embedded: {flush: SYNC}}      | queue.embedded.flush: SYNC (expected: async or sync)",
                "bridge: {requireTag: maybe}           | bridge.requireTag: maybe (expected: true or false)",
                "resources: {topics: Telemetry}        | resources.topics: not a list (expected: a list such as [a, b])",
                "resources: {topics: [{a: b}]}         | resources.topics[0]: not a single value (expected: a text)",
                "resources: {topics: [a/b]}            | resources.topics: topic \"a/b\" (expected: 1 to 64 characters out of A-Z a-z 0-9 _ -)",
                "resources: {groups: [Sensors]}        | resources.groups: Sensors (expected: GID_ followed by 3 to 28 characters out of A-Z a-z 0-9 _ -)",
                "resources: {groups: [GID_ab]}         | resources.groups: GID_ab (expected: GID_ followed by 3 to 28 characters out of A-Z a-z 0-9 _ -)",
                "resources: {accounts: [{accessKey: A}]} | resources.accounts[0].secretKey: missing",
                "resources: {accounts: [{accessKey: A, secretKey: ''}]} | resources.accounts[0].secretKey: empty (expected: a text)",
                "resources: {accounts: [{accessKey: ../A, secretKey: S}]} | resources.accounts[0].accessKey: ../A (expected: 1 to 128 characters out of A-Z a-z 0-9 . _ @ -)",
                "resources: {accounts: [{accessKey: A, secretKey: S, publisch: []}]} | resources.accounts[0].publisch: no such key",
                "resources: {accounts: [{accessKey: A, secretKey: S}, {accessKey: A, secretKey: T}]} | resources.accounts: A is there twice",
                "resources: {accounts: [{accessKey: A, secretKey: S, publish: [T/x]}]} | resources.accounts[0].publish: \"T/x\" (expected: \"*\" for all, or names out of A-Z a-z 0-9 _ -)",
                "resources: {accounts: [A]}            | resources.accounts[0]: must hold keys of its own, not a value",
                "web: {port: 1, port: 2}               | port is there twice",
                "web: {port: 1                         | not valid YAML: expected ',' or '}', but got <stream end>",
                "just words                            | not a configuration (expected: key: value)",
            })
    void aMistakeIsNamedWithItsFileLineKeyAndWayOut(String line, String message) {
        assertThatThrownBy(() -> read("# a comment\n" + line + "\n"))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .matches(
                        text -> text.equals(directory.resolve("isthmus.yaml") + ":2: " + message)
                                || text.equals(directory.resolve("isthmus.yaml") + ":3: " + message),
                        message);
    }

    @Test
    void allMistakesAreReportedTogetherWithTheirLines() {
        assertThatThrownBy(
                        () -> read(
                                """
                        mqtt:
                          tcp:
                            prot: 1883
                          limits:
                            keepAliveMax: 0
                        web:
                          port: http
                        """))
                .message()
                .isEqualTo(String.join(
                        System.lineSeparator(),
                        directory.resolve("isthmus.yaml")
                                + ":3: mqtt.tcp.prot: no such key; did you mean mqtt.tcp.port?",
                        directory.resolve("isthmus.yaml") + ":5: mqtt.limits.keepAliveMax: 0 (expected: 1..65535)",
                        directory.resolve("isthmus.yaml") + ":7: web.port: http (expected: 0..65535 or off)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web.port            | --set web.port: has no value (expected: key=value)",
                "web.prot=1          | --set: web.prot: no such key; did you mean web.port?",
                "mqtt.websocket.port=1 | --set: mqtt.websocket.port: no such key; did you mean mqtt.ws.port?",
                "web.port=x          | --set: web.port: x (expected: 0..65535 or off)",
                "web=1               | --set: web: must hold keys of its own, not a value",
                "resources.topics=[a | --set: not valid YAML: expected ',' or ']', but got <stream end>",
            })
    void aMistakeInAnOptionIsNamed(String option, String message) {
        assertThatThrownBy(() -> readOptions(option)).hasMessage(message);
    }

    @Test
    void aMistakeInTheEnvironmentIsNamed() {
        assertThatThrownBy(
                        () -> new ConfigurationReader(Map.of("ISTHMUS_WEB_PORT", "x"), warnings::add).read(List.of()))
                .hasMessage("environment variable ISTHMUS_WEB_PORT: web.port: x (expected: 0..65535 or off)");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path missing = directory.resolve("missing.yaml");
        Path binary = Files.write(directory.resolve("binary.yaml"), new byte[] {(byte) 0xC0, (byte) 0x80});
        ConfigurationReader reader = new ConfigurationReader(Map.of(), warnings::add);

        assertThatThrownBy(() -> reader.read(missing, List.of()))
                .hasMessage("configuration file " + missing + ": there is no such file");
        assertThatThrownBy(() -> reader.read(directory, List.of()))
                .hasMessage("configuration file " + directory + ": is a directory");
        assertThatThrownBy(() -> reader.read(binary, List.of()))
                .hasMessage("configuration file " + binary + ": is not UTF-8 text");
    }

    @Test
    void anEmptyFileAndEmptySectionsMeanTheDefaults() {
        assertThat(read("")).isEqualTo(Configuration.defaults());
        assertThat(read("mqtt:\n  tcp:\n  limits:\n    keepAliveMax:\n")).isEqualTo(Configuration.defaults());
    }

    @Test
    void noTextFormShowsASecret() {
        Configuration configuration = readOptions("resources.accounts=[{accessKey: AK, secretKey: hush-hush}]");

        assertThat(configuration.toString()).contains("AK").doesNotContain("hush");
        assertThat(ConfigurationText.effective(configuration)).contains("AK").doesNotContain("hush");
    }

    private Configuration read(String yaml) {
        try {
            Path file = Files.writeString(directory.resolve("isthmus.yaml"), yaml, StandardCharsets.UTF_8);
            return new ConfigurationReader(Map.of(), warnings::add).read(file, List.of());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Configuration readOptions(String... overrides) {
        return new ConfigurationReader(Map.of(), warnings::add).read(List.of(overrides));
    }
}
