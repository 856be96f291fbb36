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
    private Main() {}

    /** Ends with 0, with 1 when something could not be measured, or with 2 when the arguments make no sense. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    private static int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            BenchOptions options = BenchOptions.parse(arguments);
            Launcher launcher = new Launcher(Path.of(System.getProperty("isthmus.home", ".")), options.flush());
            List<Scenario> comparisons = comparisons(launcher, options, err);
            List<Scenario> all = new ArrayList<>(comparisons);
            all.addAll(ownScenarios(launcher, options));
            List<Scenario> offered = options.peers().isEmpty() ? all : comparisons;
            if (options.help()) {
                out.print(help(all));
            } else {
                measure(launcher, choose(offered, options.scenarios()), new Report(out));
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

    /** What can be measured on other servers, too. */
    private static List<Scenario> comparisons(Launcher launcher, BenchOptions options, PrintStream err) {
        List<Target> targets = new ArrayList<>(options.peers());
        if (!options.peersOnly()) {
            targets.add(0, OwnServer.startedBy(launcher));
        }
        Windows once = new Windows(1, Duration.ofSeconds(options.seconds()));
        return new Comparisons(new Rounds(targets, options.rounds(), err::println), once, options.warmUpMessages())
                .all();
    }

    private static List<Scenario> ownScenarios(Launcher launcher, BenchOptions options) {
        Windows windows = new Windows(options.rounds(), Duration.ofSeconds(options.seconds()));
        return List.of(
                new ApplicationScenario(launcher, options.rounds(), windows.once(), options.warmUpMessages()),
                new StartScenario(launcher),
                new IdleScenario(launcher),
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
                Usage: isthmus bench [SCENARIO...] [OPTION...]

                Starts the built server in a process of its own, puts load on it, and prints figures.

                %s
                  --flush    when a message counts as stored, async or sync (default: async)
                  --seconds  the length of each window in which a load is measured (default: 20)
                  --rounds   how many of them (default: 3)
                  --warm-up  messages that are delivered before anything is measured (default: %d)
                  --against [NAME=]HOST:PORT --pid N --user USER --password PASSWORD
                             measures another MQTT server of this machine, which runs already, side by side; may be
                             given several times, as may the --pid of each
                  --client-ids  behind an --against: what Client Identifiers begin with there (default: bench-)
                  --peers-only  leaves this server out
                  --micro    measures the hot paths with JMH instead (--micro --help says more)
                """
                .formatted(
                        scenarios.stream()
                                .map(scenario -> "  %-11s  %s%n".formatted(scenario.name(), scenario.summary()))
                                .collect(Collectors.joining()),
                        BenchOptions.DEFAULT_WARM_UP);
    }
}
