package isthmus.conformance.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * One headless Chromium with a profile of its own, driven over the DevTools protocol.
 *
 * <p>Selenium was weighed and left out: it brings OpenTelemetry 1.54 and Guava 33.5 to the class path on which these tests run
 * the embedded RocketMQ (1.44 and 32.0), so that not the product as shipped would be tested.
 */
public final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Duration START = Duration.ofSeconds(30);

    private final Path profile;
    private final Process process;
    private final DevTools devTools;

    private Browser(Path profile, Process process, DevTools devTools) {
        this.profile = profile;
        this.process = process;
        this.devTools = devTools;
    }

    /** Skips the calling test, with the way out, where there is no Chromium. */
    public static void assumeInstalled() {
        assumeTrue(Files.isExecutable(CHROMIUM), CHROMIUM + " is missing (Debian: apt-get install chromium)");
    }

    public static Browser open() {
        try {
            Path profile = Files.createTempDirectory("isthmus-browser");
            Process process = start(profile);
            try {
                return new Browser(profile, process, DevTools.connect(devToolsAddress(profile, process)));
            } catch (RuntimeException e) {
                end(process);
                delete(profile);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new tab with cookies and storage of its own, as if another person had opened it. */
    public Page newPage() {
        String context = devTools.call("Target.createBrowserContext", Map.of())
                .path("browserContextId")
                .asText();
        JsonNode target =
                devTools.call("Target.createTarget", Map.of("url", "about:blank", "browserContextId", context));
        JsonNode session = devTools.call(
                "Target.attachToTarget",
                Map.of("targetId", target.path("targetId").asText(), "flatten", true));
        return new Page(devTools, session.path("sessionId").asText(), context);
    }

    @Override
    public void close() {
        devTools.close();
        end(process);
        delete(profile);
    }

    private static Process start(Path profile) throws IOException {
        List<String> command = new ArrayList<>(List.of(CHROMIUM.toString(), "--headless=new", "--no-sandbox"));
        command.addAll(List.of("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"));
        command.addAll(List.of("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"));
        command.addAll(List.of("--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(profile.resolve("chromium.log").toFile());
        builder.environment().put("HOME", profile.toString());
        return builder.start();
    }

    /** Chromium writes the port it took, and the path to connect to, into a file of its profile. */
    private static URI devToolsAddress(Path profile, Process process) {
        Path file = profile.resolve("DevToolsActivePort");
        List<String> lines = Awaitility.await("Chromium to open its DevTools port")
                .atMost(START)
                .pollInterval(Duration.ofMillis(50))
                .failFast("Chromium ended at once", () -> !process.isAlive())
                .until(
                        () -> Files.exists(file) ? Files.readAllLines(file) : List.<String>of(),
                        read -> read.size() >= 2);
        return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
    }

    private static void end(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        children.forEach(ProcessHandle::destroy);
        Awaitility.await("Chromium to end").atMost(Duration.ofSeconds(5)).until(() -> ended(process, children));
    }

    private static boolean ended(Process process, List<ProcessHandle> children) {
        return !process.isAlive() && children.stream().noneMatch(ProcessHandle::isAlive);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
