package isthmus.conformance.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long a person waits: for the ready line, with an empty data directory and with one that is in use, and for the end. */
final class StartScenario implements Scenario {
    private static final int TIMES = 5;

    private final Launcher launcher;

    StartScenario(Launcher launcher) {
        this.launcher = launcher;
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String summary() {
        return "time from the start of the built process to the ready line, and time to stop; " + TIMES + " times";
    }

    @Override
    public List<Figure> run() {
        Times cold = new Times();
        Times again = new Times();
        for (int i = 0; i < TIMES; i++) {
            try (WorkDirectory directory = launcher.workDirectory()) {
                cold.startAndStop(directory);
                again.startAndStop(directory);
            }
        }
        return List.of(
                new Figure("ready, empty data directory", "s", cold.ready),
                new Figure("ready, existing data directory", "s", again.ready),
                new Figure("CPU time until ready, existing data directory", "s", again.cpu),
                new Figure("stopped", "s", again.stopped));
    }

    private final class Times {
        private final List<Double> ready = new ArrayList<>();
        private final List<Double> cpu = new ArrayList<>();
        private final List<Double> stopped = new ArrayList<>();

        void startAndStop(WorkDirectory directory) {
            try (ServerProcess server = launcher.start(directory)) {
                cpu.add(seconds(server.cpu()));
                ready.add(seconds(server.timeToReady()));
                stopped.add(seconds(server.stop()));
            }
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
