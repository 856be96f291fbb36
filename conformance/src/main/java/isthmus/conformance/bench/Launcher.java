package isthmus.conformance.bench;

import isthmus.conformance.bench.load.SignOn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the built server as a person does, with the launcher script; so it has the same options of the JVM, and
 * ISTHMUS_JAVA_OPTS reaches it. All ports are free ones that the system chooses.
 *
 * @param home the source tree
 * @param flush when a message counts as stored, async or sync
 */
record Launcher(Path home, String flush) {
    private static final String GROUP = "GID_Bench";
    static final String ACCESS_KEY = "bench";
    static final String SECRET_KEY = "the-key-of-a-server-that-lives-for-a-minute";
    /** Of the server applications. */
    static final String APPLICATION_GROUP = "GID_BenchApplication";

    /** The account and the group that every server of the benchmark has. */
    static final SignOn SIGN_ON = SignOn.signed(GROUP, ACCESS_KEY, SECRET_KEY);

    static final String TOPIC = "Bench";

    private static final String CONFIGURATION =
            """
            mqtt:
              tcp: {host: 127.0.0.1, port: 0}
              tls: {host: 127.0.0.1, port: 0}
              ws: {host: 127.0.0.1, port: 0}
              wss: {host: 127.0.0.1, port: 0}
              limits: {connectRate: 1000000, subscriptionsPerClient: 100000}
            queue:
              embedded: {nameServerPort: 0, brokerPort: 0, flush: %s}
            web: {port: 0}
            api: {port: 0}
            resources:
              accounts: [{accessKey: %s, secretKey: %s}]
              topics: [%s]
              groups: [%s, %s]
            """;

    Launcher withFlush(String other) {
        return new Launcher(home, other);
    }

    WorkDirectory workDirectory() {
        return WorkDirectory.in(home.resolve("conformance/target"));
    }

    /** Starts a server and waits until it is ready; its data directory is kept in the given directory. */
    ServerProcess start(WorkDirectory directory) {
        Path configuration = directory.path().resolve("isthmus.yaml");
        try {
            Files.writeString(
                    configuration,
                    CONFIGURATION.formatted(flush, ACCESS_KEY, SECRET_KEY, TOPIC, GROUP, APPLICATION_GROUP));
        } catch (IOException e) {
            throw new BenchFailure(configuration + " cannot be written: " + e.getMessage(), e);
        }
        Path data = directory.path().resolve("data");
        return ServerProcess.start(
                command(List.of("run", "--config", configuration.toString(), "--data", data.toString())));
    }

    /** What the server says about its version and its Java, in a line. */
    String version() {
        try {
            Process process = new ProcessBuilder(command(List.of("--version")))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return String.join(", ", process.inputReader().lines().toList());
        } catch (IOException e) {
            throw new BenchFailure("the launcher cannot be started: " + e.getMessage(), e);
        }
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("isthmus").toString()));
        command.addAll(arguments);
        return command;
    }
}
