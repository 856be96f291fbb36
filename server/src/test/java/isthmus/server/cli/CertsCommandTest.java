package isthmus.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.certs.CredentialFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

class CertsCommandTest {
    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Stands for the main command, with what all commands inherit from it. */
    @Command(name = "isthmus", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT)
    static final class Root {}

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine root = new CommandLine(new Root()).addSubcommand("certs", new CertsCommand());
        root.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        root.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(failure.getMessage());
            return 1;
        });
        return root.execute(
                Stream.concat(Stream.of("certs"), Stream.of(arguments)).toArray(String[]::new));
    }

    private void init() {
        assertThat(run("init", "--dir", dir.toString())).isZero();
    }

    @Test
    void initMakesACaInTheDataDirectoryAndSaysWhatItIsFor() throws Exception {
        assertThat(run("init", "--data", dir.toString())).isZero();
        Path key = dir.resolve("certs/ca.key");
        assertThat(out.toString().lines())
                .containsExactly(
                        "Wrote " + dir.resolve("certs/ca.crt") + " (for clients: with it they verify the server)",
                        "Wrote " + key + " (secret: whoever has it can issue certificates)");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void anExistingCaIsReplacedOnlyByForce() throws Exception {
        init();
        byte[] first = Files.readAllBytes(dir.resolve("ca.crt"));
        assertThat(run("init", "--dir", dir.toString())).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(dir.resolve("ca.crt") + ": exists already (--force replaces it)");
        assertThat(dir.resolve("ca.crt")).hasBinaryContent(first);
        assertThat(run("init", "--dir", dir.toString(), "--force")).isZero();
        assertThat(Files.readAllBytes(dir.resolve("ca.crt"))).isNotEqualTo(first);
    }

    @Test
    void aServerCertificateHasAllNamesAndItsFilesTheFirst() throws Exception {
        init();
        assertThat(run("server", "--dir", dir.toString(), "--name", "mqtt.example.com", "--name", "10.0.0.1"))
                .isZero();
        Path certificate = dir.resolve("mqtt.example.com.crt");
        Path key = dir.resolve("mqtt.example.com.key");
        X509Certificate issued =
                new CredentialFiles(certificate, key).read(Clock.systemUTC()).certificate();
        assertThat(issued.getSubjectAlternativeNames())
                .containsExactly(List.of(2, "mqtt.example.com"), List.of(7, "10.0.0.1"));
        assertThat(out.toString())
                .contains("Wrote " + certificate + " (valid until ")
                .contains("isthmus run --set mqtt.tls.certificate=" + certificate + " --set mqtt.tls.key=" + key)
                .contains("Clients verify it with " + dir.resolve("ca.crt"));
        assertThat(run("server", "--dir", dir.toString(), "--name", "mqtt.example.com"))
                .isEqualTo(1);
        assertThat(run("server", "--dir", dir.toString(), "--name", "mqtt.example.com", "--force"))
                .isZero();
    }

    @Test
    void aDeviceCertificateGoesWhereItIsWanted() {
        init();
        Path out = dir.resolve("usb/stick");
        assertThat(run(
                        "device",
                        "GID_Sensors@@@hall/7",
                        "--dir",
                        dir.toString(),
                        "--out",
                        out.toString(),
                        "--days",
                        "7"))
                .isZero();
        X509Certificate issued = new CredentialFiles(
                        out.resolve("GID_Sensors@@@hall_7.crt"), out.resolve("GID_Sensors@@@hall_7.key"))
                .read(Clock.systemUTC())
                .certificate();
        assertThat(issued.getSubjectX500Principal().getName()).isEqualTo("CN=GID_Sensors@@@hall/7");
        assertThat(this.out.toString()).contains("Give both files to the device, with " + dir.resolve("ca.crt"));
    }

    @Test
    void withoutACaTheCommandThatMakesOneIsNamed() {
        assertThat(run("device", "GID_Sensors@@@one", "--dir", dir.toString())).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(dir.resolve("ca.crt") + ": file not found (create a CA with: isthmus certs init)");
    }

    @Test
    void badNamesAndClientIdsAreOneLineAndWriteNothing() throws Exception {
        init();
        assertThat(run("server", "--dir", dir.toString(), "--name", "https://x"))
                .isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("'https://x' is not a name");
        assertThat(run("device", "device-1", "--dir", dir.toString())).isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("'device-1' cannot be the client id");
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void showDescribesACertificateAndHidesAKey() {
        init();
        assertThat(run("show", dir.resolve("ca.crt").toString())).isZero();
        assertThat(out.toString()).contains("Certificate  CN=Isthmus CA ").contains("a certificate authority");
        assertThat(run("show", dir.resolve("ca.key").toString())).isZero();
        assertThat(out.toString()).isEqualTo("Private key  EC, 256 bits" + System.lineSeparator());
        assertThat(run("show", dir.resolve("none.crt").toString())).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(dir.resolve("none.crt") + ": file not found (expected a PEM file)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "frobnicate", "server", "device", "show", "init --nonsense", "device GID_A@@@b --days soon"})
    void aCommandLineThatMakesNoSenseIsExitCode2(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isNotEmpty();
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "init --help", "server --help", "device --help", "show --help"})
    void everyCommandExplainsItself(String line) {
        assertThat(run(line.split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: isthmus certs");
        if (line.startsWith("server")) {
            assertThat(out.toString()).contains("--name", "--out", "--force", "--data", "./data");
        }
    }
}
