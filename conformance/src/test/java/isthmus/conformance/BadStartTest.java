package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.CapturedProcess;
import isthmus.conformance.fixture.ServerCommand;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a person can get wrong before the server runs: a sentence and an exit code, and no stack trace. */
@ExtendWith(SharedServer.class)
class BadStartTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    @TempDir
    Path directory;

    private final TestServer server;

    BadStartTest(TestServer server) {
        this.server = server;
    }

    @Test
    void anUnknownOptionOrCommandIsOneLineAndTwo() {
        assertThat(output(USAGE, "run", "--cofnig", "x").lines())
                .singleElement()
                .asString()
                .contains("--cofnig");
        assertThat(output(USAGE, "rnu").lines()).singleElement().asString().contains("rnu");
    }

    @Test
    void helpAndVersionAreNoMistakes() {
        assertThat(output(0, "--help")).contains("run", "config", "sign", "certs");
        assertThat(output(0, "run", "--help")).contains("--config", "--data", "--set");
        assertThat(output(0, "--version")).contains("0.1.0");
    }

    @Test
    void anUnknownKeyIsNamedWithItsPlaceAndAllMistakesAreToldAtOnce() throws IOException {
        Path file = write("isthmus.yaml", "mqtt:\n  tcp:\n    prot: 1883\n  limits:\n    keepAliveMax: -1\n");
        assertThat(output(FAILED, "run", "--config", file.toString()))
                .contains("isthmus.yaml:3", "mqtt.tcp.prot", "port")
                .contains("isthmus.yaml:5", "mqtt.limits.keepAliveMax", "-1", "1..65535");
        assertThat(output(FAILED, "run", "--set", "mqtt.tpc.port=1")).contains("mqtt.tpc.port", "mqtt.tcp");
    }

    @Test
    void aFileThatIsMissingOrNoYamlIsNamed() throws IOException {
        assertThat(output(FAILED, "run", "--config", "nowhere.yaml")).contains("nowhere.yaml");
        Path file = write("broken.yaml", "mqtt: [1, 2\nweb: }");
        assertThat(output(FAILED, "run", "--config", file.toString())).contains("broken.yaml");
    }

    @Test
    void aPortInUseIsNamedWithItsKey() {
        int mqtt = server.tcp().getPort();
        assertThat(runFailing("mqtt.tcp.port=" + mqtt)).contains("mqtt.tcp", Integer.toString(mqtt));
        int web = server.web().getPort();
        assertThat(runFailing("web.port=" + web)).contains("web", Integer.toString(web));
        String nameServer = server.nameServer().split(":")[1];
        assertThat(runFailing("queue.embedded.nameServerPort=" + nameServer)).contains("nameServerPort", nameServer);
    }

    @Test
    void anAddressThatIsNotOursIsNamedWithItsKey() {
        assertThat(runFailing("mqtt.tcp.host=192.0.2.1")).contains("mqtt.tcp", "192.0.2.1");
    }

    @Test
    void aDataDirectoryThatAnotherServerHasIsLeftAlone() {
        String data = server.data().toString();
        assertThat(output(FAILED, configured("--data", data))).contains(data, "--data");
        assertThat(server.process().isRunning()).isTrue();
    }

    @Test
    void aDataDirectoryThatCannotBeMadeIsNamed() throws IOException {
        String data = write("file", "").resolve("data").toString();
        assertThat(output(FAILED, configured("--data", data))).contains(data);
    }

    @Test
    void aDataDirectoryOfANewerVersionIsLeftAlone() throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.writeString(data.resolve("version"), "999\n");
        assertThat(output(FAILED, configured("--data", data.toString()))).contains(data.toString(), "newer");
        assertThat(data.resolve("version")).hasContent("999");
    }

    @Test
    void aBrokenPemFileIsNamed() throws IOException {
        Path pem = write(
                "server.crt", "-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n");
        Path key = write("server.key", "no key");
        String output = runFailing("mqtt.tls.certificate=" + pem, "mqtt.tls.key=" + key);
        assertThat(output).containsAnyOf("server.crt", "server.key");
    }

    @Test
    void aCertificateFileThatIsMissingIsNamed() {
        String output = runFailing("mqtt.tls.certificate=nowhere.crt", "mqtt.tls.key=nowhere.key");
        assertThat(output).containsAnyOf("nowhere.crt", "nowhere.key");
    }

    private String runFailing(String... overrides) {
        List<String> arguments = new ArrayList<>();
        for (String override : overrides) {
            arguments.addAll(List.of("--set", override));
        }
        arguments.addAll(List.of("--data", directory.resolve("data").toString()));
        return output(FAILED, configured(arguments.toArray(String[]::new)));
    }

    /** {@code run} with the tests' configuration, so that no well-known port is touched. */
    private static String[] configured(String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", "--config", TestServer.CONFIGURATION.toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    /** Runs the command to its end and returns what it printed, which never is a stack trace or a secret. */
    private String output(int exitCode, String... arguments) {
        try (CapturedProcess process = ServerCommand.start(directory, ServerCommand.SHORT_LIVED, List.of(arguments))) {
            assertThat(process.awaitExit(DEADLINE)).as(process.output()).isEqualTo(exitCode);
            assertThat(process.output()).doesNotContain("\tat ", TestServer.SECRET_KEY, "Exception in thread");
            return process.output();
        }
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}
