package isthmus.conformance.bench;

import isthmus.conformance.bench.load.Service;
import isthmus.conformance.bench.load.Traffic;
import java.util.ArrayList;
import java.util.List;

/** What it costs that an acknowledgement waits for the disk, and how far gathering the waiting ones makes up for it. */
final class SyncScenario implements Scenario {
    private static final int[] PAIRS = {1, 10, 100};
    private static final long WARM_UP_MESSAGES = 20_000;

    private final Launcher launcher;
    private final Windows windows;

    SyncScenario(Launcher launcher, Windows windows) {
        this.launcher = launcher;
        this.windows = windows;
    }

    @Override
    public String name() {
        return "sync";
    }

    @Override
    public String summary() {
        return "flush: sync: 1, 10 and 100 pairs at full speed, QoS 1, 100 bytes, clean and stored sessions; "
                + windows;
    }

    @Override
    public List<Figure> run() {
        List<Figure> figures = new ArrayList<>();
        try (WorkDirectory directory = launcher.workDirectory();
                ServerProcess server = launcher.start(directory)) {
            figures.add(new Figure("the disk by itself", "writes with fsync/s", DiskSpeed.of(directory.path())));
            for (Service service : List.of(Service.QOS_1, Service.QOS_1_STORED)) {
                for (int pairs : PAIRS) {
                    figures.addAll(run(server, pairs, service));
                }
            }
        }
        return figures;
    }

    private List<Figure> run(ServerProcess server, int pairs, Service service) {
        String prefix = service + ", " + pairs + (pairs == 1 ? " pair: " : " pairs: ");
        return LoadRun.of(server, Traffic.fullSpeed(pairs, service), WARM_UP_MESSAGES, windows)
                .figures(prefix);
    }
}
