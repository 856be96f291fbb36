package isthmus.conformance.bench;

import isthmus.conformance.bench.load.Service;
import isthmus.conformance.bench.load.Traffic;
import java.util.ArrayList;
import java.util.List;

/** How many messages a second ten pairs of devices exchange at most, and what each costs the server. */
final class ThroughputScenario implements Scenario {
    private static final int PAIRS = 10;
    private static final long WARM_UP_MESSAGES = 1_000_000;

    private final Launcher launcher;
    private final Windows windows;

    ThroughputScenario(Launcher launcher, Windows windows) {
        this.launcher = launcher;
        this.windows = windows;
    }

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public String summary() {
        return PAIRS + " pairs, 100 bytes, with QoS 0, QoS 1, and QoS 1 with stored sessions, a new server each; "
                + windows;
    }

    @Override
    public List<Figure> run() {
        List<Figure> figures = new ArrayList<>();
        for (Service service : List.of(Service.QOS_0, Service.QOS_1, Service.QOS_1_STORED)) {
            figures.addAll(run(service));
        }
        return figures;
    }

    private List<Figure> run(Service service) {
        String prefix = service + ": ";
        try (WorkDirectory directory = launcher.workDirectory();
                ServerProcess server = launcher.start(directory)) {
            LoadRun run = LoadRun.of(server, Traffic.fullSpeed(PAIRS, service), WARM_UP_MESSAGES, windows);
            List<Figure> figures = new ArrayList<>();
            figures.add(MeasuredWindow.delivered(prefix, run.measured()));
            figures.add(MeasuredWindow.serverCpu(prefix, run.measured()));
            figures.add(MeasuredWindow.loadCpu(prefix, run.measured()));
            figures.addAll(Faults.of(prefix, run.outcome()));
            return figures;
        }
    }
}
