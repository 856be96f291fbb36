package isthmus.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import isthmus.server.RunningServer;
import isthmus.server.StartFailure;
import isthmus.server.config.Configuration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    /** Computed with two other programs. */
    private static final String SIGNATURE_OF_GID_AAA_WITH_DEMO_SK = "/c/QThLwShTePSefjn1D04QRfvg=";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Configuration> started = new ArrayList<>();
    private InputStream input = InputStream.nullInputStream();
    private ServerStarter starter = this::startedServer;

    @TempDir
    Path directory;

    @Test
    void helpNamesTheCommands() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString()).contains("run", "config", "sign", "certs", "--version", "./isthmus test");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "config", "sign", "certs"})
    void everyCommandHasHelp(String command) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: isthmus " + command);
    }

    @Test
    void theVersionIsTheBuilds() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).matches("(?s)Isthmus [0-9.]+(-SNAPSHOT)?\\RJava 1?[0-9].*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--frobnicate         | isthmus: Unknown option: '--frobnicate' (see isthmus --help)",
                "run --frobnicate     | isthmus: Unknown option: '--frobnicate' (see isthmus run --help)",
                "run extra            | isthmus: extra: one argument too many (see isthmus run --help)",
                "run --config         | isthmus: Missing required parameter for option '--config' (FILE) (see isthmus run --help)",
                "frobnicate           | isthmus: frobnicate: no such command (see isthmus --help)",
                "''                   | isthmus: a command is missing (see isthmus --help)",
                "sign                 | isthmus: Missing required parameter: 'GROUP_ID' (see isthmus sign --help)",
                "sign GID_A@@@1       | isthmus: GID_A@@@1 is a Client Identifier; the group to sign is GID_A (see isthmus sign --help)",
                "sign GID_A           | isthmus: the secret key is empty (see isthmus sign --help)",
            })
    void aCommandLineThatMakesNoSenseIsOneLineAndExitCode2(String arguments, String line) {
        assertThat(execute(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(err.toString()).isEqualTo(line + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void signTakesTheKeyFromAnOption() {
        assertThat(execute("sign", "GID_AAA", "--secret-key", "DEMO_SK")).isZero();
        assertThat(out.toString()).isEqualTo(SIGNATURE_OF_GID_AAA_WITH_DEMO_SK + System.lineSeparator());
    }

    @Test
    void signTakesTheKeyFromAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "DEMO_SK\n");

        assertThat(execute("sign", "GID_AAA", "--secret-key-file", file.toString()))
                .isZero();
        assertThat(out.toString()).isEqualTo(SIGNATURE_OF_GID_AAA_WITH_DEMO_SK + System.lineSeparator());
    }

    @Test
    void signTakesTheKeyFromStandardInput() {
        input = new ByteArrayInputStream("DEMO_SK\n".getBytes(StandardCharsets.UTF_8));

        assertThat(execute("sign", "GID_AAA")).isZero();
        assertThat(out.toString()).isEqualTo(SIGNATURE_OF_GID_AAA_WITH_DEMO_SK + System.lineSeparator());
    }

    @Test
    void signNamesAKeyFileThatCannotBeRead() {
        assertThat(execute("sign", "GID_AAA", "--secret-key-file", "/no/such/file"))
                .isEqualTo(1);
        assertThat(err.toString()).isEqualTo("isthmus: --secret-key-file /no/such/file: there is no such file\n");
    }

    @Test
    void configPrintsWhatIsInEffect() throws IOException {
        Path file = Files.writeString(directory.resolve("isthmus.yaml"), "web: {port: 1}\n");

        assertThat(execute("config", "--config", file.toString(), "--data", "/d", "--set", "mqtt.ws.port=off"))
                .isZero();
        assertThat(out.toString()).contains("data: /d\n", "    port: off\n", "  port: 1\n", "(1..65535; default:");
    }

    @Test
    void aBrokenConfigurationIsExitCode1() {
        assertThat(execute("config", "--set", "web.port=x", "--set", "mqtt.tcp.port=y"))
                .isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "isthmus: --set: mqtt.tcp.port: y (expected: 0..65535 or off)",
                        "--set: web.port: x (expected: 0..65535 or off)");
    }

    @Test
    void runStartsWithTheConfigurationAndSaysWhenItIsReady() {
        assertThat(execute("run", "--set", "web.port=0", "--stop-when-ready")).isZero();
        assertThat(started).hasSize(1);
        assertThat(started.get(0).web().port().number()).isZero();
        assertThat(out.toString()).isEqualTo("ready on port 0" + System.lineSeparator());
    }

    @Test
    void aFailedStartIsOneSentenceAndExitCode1() {
        starter = (configuration, again, diskFailed) -> {
            throw new StartFailure("data directory x is in use");
        };

        assertThat(execute("run")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("isthmus: data directory x is in use" + System.lineSeparator());
    }

    @Test
    void aMistakeOfOursSaysWhereToLookAndVerboseShowsIt() {
        starter = (configuration, again, diskFailed) -> {
            throw new IllegalStateException();
        };

        assertThat(execute("run")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("isthmus: unexpected failure: java.lang.IllegalStateException (--verbose shows where)"
                        + System.lineSeparator());
        assertThat(execute("run", "--verbose")).isEqualTo(1);
        assertThat(err.toString()).contains("\tat isthmus.server.cli.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ctl                    | ctl: a command is missing: one of clients, bans, ",
                "ctl queue              | ctl queue: a command is missing: one of messages, groups, alarms, dead-letters, ",
                "ctl queue groups       | ctl queue groups: a command is missing: one of list, show, stop, ",
                "ctl queue groups shwo  | ctl queue groups: shwo: no such command",
                "ctl clients show       | ctl clients show: Missing required parameter: 'CLIENT_ID'",
                "ctl nonsense           | ctl: nonsense: no such command",
            })
    void ctlKnowsTheCommandsThatMayBeMeant(String arguments, String commandAndSentence) {
        String[] expected = commandAndSentence.split(": ", 2);
        assertThat(execute(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("isthmus: " + expected[1])
                .contains("(see isthmus " + expected[0] + " --help)");
    }

    @ParameterizedTest
    @CsvSource({"localhost:8082", "ftp://localhost", "http://"})
    void ctlSaysWhatAnAddressLooksLike(String address) {
        assertThat(execute("ctl", "instance", "show", "--url", address)).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(
                        "isthmus: " + address + " is no address of a server (expected: such as http://127.0.0.1:8082)"
                                + System.lineSeparator());
    }

    @Test
    void ctlSaysWhereItLooksForTheToken() {
        Path data = directory.resolve("data");

        assertThat(execute("ctl", "instance", "show", "--data", data.toString()))
                .isEqualTo(3);
        assertThat(err.toString())
                .startsWith("isthmus: " + data.resolve("keys/api.token") + ": there is no such file; name the data");
    }

    @Test
    void ctlPrintsNoHalfADocumentWhenAPageIsRefused() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "t");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean further =
                    String.valueOf(exchange.getRequestURI().getQuery()).contains("cursor=c");
            byte[] page = "{\"items\":[{\"a\":1}],\"next\":\"c\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(further ? 503 : 200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(execute(("ctl clients list --all --json --url " + url + " --token-file " + token).split(" ")))
                    .isNotZero();
            assertThat(err.toString()).isNotEmpty();
            assertThat(out.toString()).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--secret-key-file /no/such/file | --secret-key-file /no/such/file: there is no such file",
                "--secret-key-file -             | --secret-key-file -: there is nothing in it",
                "--secret-key a --secret-key-file b | Error: --secret-key=TEXT, --secret-key-file=FILE are mutually exclusive"
                        + " (specify only one)",
            })
    void ctlSaysWhatIsWrongWithTheFileOfASecret(String secret, String sentence) throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "t");

        assertThat(execute(("ctl sign --text GID_AAA --token-file " + token + " " + secret).split(" ")))
                .isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("isthmus: " + sentence + " (see isthmus ctl sign --help)" + System.lineSeparator());
    }

    private RunningServer startedServer(
            Configuration configuration, Supplier<Configuration> again, Consumer<String> diskFailed) {
        started.add(configuration);
        return new RunningServer() {
            @Override
            public String readyMessage() {
                return "ready on port " + configuration.web().port();
            }

            @Override
            public void close() {}
        };
    }

    private int execute(String... arguments) {
        PrintWriter toOut = new PrintWriter(out, true);
        PrintWriter toErr = new PrintWriter(err, true);
        return new CommandLineInterface(starter, Map.of(), input, toOut, toErr).execute(arguments);
    }
}
