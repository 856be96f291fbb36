package isthmus.conformance.bench;

import isthmus.conformance.bench.load.BacklogLoad;
import isthmus.conformance.bench.load.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long a start takes after {@code kill -9}, with a million messages in the log that a stored session waits for; and the
 * worst case, in which the session store is lost and the whole log has to be read.
 */
final class RecoveryScenario implements Scenario {
    private static final int MESSAGES = 1_000_000;
    private static final int[] PAYLOADS = {100, 1024};
    private static final Pattern CHECKED = Pattern.compile("Recovered: .*?([\\d,]+) of them checked");
    private static final Pattern FED = Pattern.compile("Recovered: .*?([\\d,]+) routed again");

    private final Launcher launcher;

    RecoveryScenario(Launcher launcher) {
        this.launcher = launcher;
    }

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public String summary() {
        return "start after kill -9 right behind " + String.format("%,d", MESSAGES)
                + " messages of 100 bytes and of 1 KiB, and without the session store";
    }

    @Override
    public List<Figure> run() {
        List<Figure> figures = new ArrayList<>();
        for (int payload : PAYLOADS) {
            figures.addAll(run(payload));
        }
        return figures;
    }

    private List<Figure> run(int payload) {
        String prefix = payload + " bytes: ";
        List<Figure> figures = new ArrayList<>();
        try (WorkDirectory directory = launcher.workDirectory()) {
            fillAndKill(directory, payload);
            figures.addAll(startAgain(directory, prefix + "killed: "));
            figures.addAll(startAgain(directory, prefix + "killed again: "));
            delete(directory.path().resolve("data/sessions"));
            figures.addAll(startAgain(directory, prefix + "killed, session store lost: "));
        }
        return figures;
    }

    private void fillAndKill(WorkDirectory directory, int payload) {
        try (ServerProcess server = launcher.start(directory);
                BacklogLoad load =
                        BacklogLoad.prepare(server.mqtt(), Launcher.SIGN_ON, Launcher.TOPIC, Service.QOS_1_STORED, 1)) {
            load.fill(MESSAGES, payload);
            server.kill();
        }
    }

    /** Starts and kills. */
    private List<Figure> startAgain(WorkDirectory directory, String prefix) {
        try (ServerProcess server = launcher.start(directory)) {
            Duration ready = server.timeToReady();
            double cpu = server.cpu().toNanos() / 1e9;
            List<Figure> figures = new ArrayList<>();
            figures.add(Figure.once(prefix + "ready", "s", ready.toNanos() / 1e9));
            figures.add(Figure.once(prefix + "CPU time until ready", "s", cpu));
            server.find(CHECKED).ifPresent(line -> figures.add(count(prefix + "checked again", line.group(1))));
            server.find(FED).ifPresent(line -> figures.add(count(prefix + "routed again", line.group(1))));
            server.kill();
            return figures;
        }
    }

    private static Figure count(String name, String digits) {
        return Figure.count(name, "messages", Long.parseLong(digits.replace(",", "")));
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new BenchFailure(directory + " could not be removed: " + e.getMessage(), e);
        }
    }
}
