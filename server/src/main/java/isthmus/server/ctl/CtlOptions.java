package isthmus.server.ctl;

import isthmus.server.config.FileText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the server is and how its answers are shown: the options that every command of {@code isthmus ctl} has. */
final class CtlOptions {
    private static final String DEFAULT_URL = "http://127.0.0.1:8082";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The server, such as http://127.0.0.1:8082. Default: ISTHMUS_URL, else what the data directory says.")
    private @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the token. Default: ISTHMUS_TOKEN, else keys/api.token in the data directory.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description =
                    "A file with the CA certificates to trust, of a server with TLS. Default: ISTHMUS_CA_FILE, else"
                            + " certs/ca.crt in the data directory and what Java trusts.")
    private @Nullable Path caFile;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./data",
            description = "The data directory of the server. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("./data");

    @Option(names = "--json", description = "Print the JSON that the server answers, for scripts.")
    private boolean json;

    boolean json() {
        return json;
    }

    /**
     * Without a slash at its end.
     *
     * @throws CtlFailure when it is no address
     */
    String url(Map<String, String> environment) {
        String chosen = url != null ? url : environment.get("ISTHMUS_URL");
        if (chosen == null) {
            Path file = data.resolve("api.url");
            chosen = Files.exists(file) ? read(file) : DEFAULT_URL;
        }
        if (!chosen.matches("https?://[^/]\\S*")) {
            throw new CtlFailure(
                    CtlFailure.BAD_REQUEST,
                    chosen + " is no address of a server (expected: such as " + DEFAULT_URL + ")");
        }
        return chosen.endsWith("/") ? chosen.substring(0, chosen.length() - 1) : chosen;
    }

    /** @throws CtlFailure when there is none */
    String token(Map<String, String> environment) {
        String chosen = environment.get("ISTHMUS_TOKEN");
        if (tokenFile == null && chosen != null) {
            return requireToken(chosen, "ISTHMUS_TOKEN");
        }
        Path file = tokenFile != null ? tokenFile : data.resolve("keys").resolve("api.token");
        return requireToken(read(file), file.toString());
    }

    /** What is in the wrong file may be another secret, so it is not shown. */
    private static String requireToken(String text, String place) {
        if (!text.matches("[!-~]+")) {
            throw new CtlFailure(CtlFailure.NO_ACCESS, place + ": holds no token (expected: one word)");
        }
        return text;
    }

    /** @throws CtlFailure when they cannot be read */
    TrustedAuthorities trusted(Map<String, String> environment) {
        String named = environment.get("ISTHMUS_CA_FILE");
        if (caFile != null || named != null) {
            return TrustedAuthorities.only(caFile != null ? caFile : Path.of(named));
        }
        Path own = data.resolve("certs").resolve("ca.crt");
        return Files.exists(own) ? TrustedAuthorities.alsoIn(own) : TrustedAuthorities.ofJava();
    }

    private static String read(Path file) {
        try {
            return FileText.read(file).strip();
        } catch (IOException e) {
            throw new CtlFailure(
                    CtlFailure.NO_ACCESS,
                    e.getMessage()
                            + "; name the data directory with --data, or the token with --token-file or ISTHMUS_TOKEN");
        }
    }
}
