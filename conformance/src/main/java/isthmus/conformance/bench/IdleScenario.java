package isthmus.conformance.bench;

import java.time.Duration;
import java.util.List;

/** What a server costs that nobody uses. */
final class IdleScenario implements Scenario {
    private static final Duration SETTLE = Duration.ofSeconds(15);
    private static final Duration WATCH = Duration.ofSeconds(20);
    private static final double MIB = 1024.0 * 1024.0;

    private final Launcher launcher;

    IdleScenario(Launcher launcher) {
        this.launcher = launcher;
    }

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String summary() {
        return "memory, CPU and threads without clients, " + SETTLE.toSeconds() + " s after the start, for "
                + WATCH.toSeconds() + " s";
    }

    @Override
    public List<Figure> run() {
        try (WorkDirectory directory = launcher.workDirectory();
                ServerProcess server = launcher.start(directory)) {
            Pause.of(SETTLE);
            long began = System.nanoTime();
            Duration cpu = server.cpu();
            Pause.of(WATCH);
            double percent = 100.0 * server.cpu().minus(cpu).toNanos() / (System.nanoTime() - began);
            ProcessUsage usage = server.usage();
            return List.of(
                    Figure.once("resident memory", "MiB", Math.rint(usage.residentBytes() / MIB)),
                    Figure.once("of it, without mapped files", "MiB", Math.rint(usage.anonymousBytes() / MIB)),
                    Figure.once("CPU", "% of a core", percent),
                    Figure.count("threads", "", usage.threads()));
        }
    }
}
