package isthmus.conformance.bench;

import isthmus.conformance.bench.load.LoadFailure;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code ./isthmus bench}. The system property {@code isthmus.home} names the source tree, with the server built. */
public final class Main {
    private static final int WINDOWS = 3;

    private Main() {}

    /** Ends with 0, with 1 when something could not be measured, or with 2 when the arguments make no sense. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    private static int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            BenchOptions options = BenchOptions.parse(arguments);
            Launcher launcher = new Launcher(Path.of(System.getProperty("isthmus.home", ".")), options.flush());
            List<Scenario> all = scenarios(launcher, new Windows(WINDOWS, Duration.ofSeconds(options.seconds())));
            List<Scenario> chosen = choose(all, options.scenarios());
            if (options.help()) {
                out.print(help(all));
            } else {
                measure(launcher, chosen, new Report(out));
            }
            return 0;
        } catch (IllegalArgumentException e) {
            err.println("isthmus bench: " + e.getMessage() + "; --help says what there is");
            return 2;
        } catch (BenchFailure | LoadFailure e) {
            err.println("isthmus bench: " + e.getMessage());
            return 1;
        }
    }

    private static List<Scenario> scenarios(Launcher launcher, Windows windows) {
        return List.of(
                new StartScenario(launcher),
                new IdleScenario(launcher),
                new LatencyScenario(launcher, windows),
                new ThroughputScenario(launcher, windows),
                new HostileScenario(launcher, windows),
                new RecoveryScenario(launcher),
                new BacklogScenario(launcher, windows),
                new SyncScenario(launcher.withFlush("sync"), windows));
    }

    private static List<Scenario> choose(List<Scenario> all, List<String> names) {
        if (names.isEmpty()) {
            return all;
        }
        List<Scenario> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(all.stream()
                    .filter(scenario -> scenario.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown scenario " + name)));
        }
        return chosen;
    }

    private static void measure(Launcher launcher, List<Scenario> scenarios, Report report) {
        report.line(launcher.version() + ", flush " + launcher.flush());
        report.line(Machine.describe());
        report.line("");
        for (Scenario scenario : scenarios) {
            report.line(scenario.name() + ": " + scenario.summary() + " (load average now: " + Machine.load() + ")");
            report.line("");
            report.figures(scenario.name(), scenario.run());
        }
    }

    private static String help(List<Scenario> scenarios) {
        return """
                Usage: isthmus bench [SCENARIO...] [--flush async|sync] [--seconds N]

                Starts the built server in a process of its own, puts load on it, and prints figures.

                %s
                  --flush    when a message counts as stored (default: async)
                  --seconds  the length of each window in which a load is measured (default: 20)
                """
                .formatted(scenarios.stream()
                        .map(scenario -> "  %-10s  %s%n".formatted(scenario.name(), scenario.summary()))
                        .collect(Collectors.joining()));
    }
}
