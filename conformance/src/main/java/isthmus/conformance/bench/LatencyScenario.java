package isthmus.conformance.bench;

import isthmus.conformance.bench.load.PairLoad;
import isthmus.conformance.bench.load.Service;
import isthmus.conformance.bench.load.Traffic;
import java.util.ArrayList;
import java.util.List;

/** How long a message takes through the log, from device to device, when there is little to do. */
final class LatencyScenario implements Scenario {
    private static final int MESSAGES_PER_SECOND = 1000;
    private static final long BUSY_WARM_UP_MESSAGES = 300_000;
    private static final long WARM_UP_MESSAGES = 5_000;

    private final Launcher launcher;
    private final Windows windows;

    LatencyScenario(Launcher launcher, Windows windows) {
        this.launcher = launcher;
        this.windows = windows;
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String summary() {
        return "one publisher, one subscriber, QoS 1, " + MESSAGES_PER_SECOND + " messages/s, from due to delivered; "
                + windows;
    }

    @Override
    public List<Figure> run() {
        try (WorkDirectory directory = launcher.workDirectory();
                ServerProcess server = launcher.start(directory)) {
            warmUp(server);
            Traffic traffic = Traffic.steady(1, Service.QOS_1, MESSAGES_PER_SECOND);
            LoadRun run = LoadRun.of(server, traffic, WARM_UP_MESSAGES, windows);
            List<Figure> figures = figures(run.measured());
            figures.addAll(Faults.of("", run.outcome()));
            return figures;
        }
    }

    /** A server that has just started has not compiled its code yet; a thousand messages a second take minutes for that. */
    static void warmUp(ServerProcess server) {
        Traffic traffic = Traffic.fullSpeed(1, Service.QOS_1);
        try (PairLoad load = PairLoad.connect(server.mqtt(), Launcher.SIGN_ON, Launcher.TOPIC, traffic)) {
            load.start();
            load.warmUp(BUSY_WARM_UP_MESSAGES);
            load.finish();
        }
    }

    private static List<Figure> figures(List<MeasuredWindow> windows) {
        List<Figure> figures = new ArrayList<>();
        figures.add(MeasuredWindow.latency("round trip, p50", windows, 0.5));
        figures.add(MeasuredWindow.latency("round trip, p90", windows, 0.9));
        figures.add(MeasuredWindow.latency("round trip, p99", windows, 0.99));
        figures.add(MeasuredWindow.latency("round trip, longest", windows, 1));
        figures.add(MeasuredWindow.lateness("of it, sent late by the load, p50", windows, 0.5));
        figures.add(MeasuredWindow.lateness("of it, sent late by the load, p99", windows, 0.99));
        figures.add(MeasuredWindow.serverCpu("", windows));
        return figures;
    }
}
