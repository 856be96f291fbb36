package isthmus.conformance.bench;

import isthmus.conformance.bench.load.Service;
import isthmus.conformance.bench.load.Traffic;
import java.util.ArrayList;
import java.util.List;

/** How long a message takes from device to device, when there is little to do and at half of the most that can be done. */
record Latency(Windows windows, long warmUpMessages) implements Measurement {
    static final int PAIRS = 10;
    static final int MESSAGES_PER_SECOND = 1000;
    private static final long FEWEST_WARM_UP_MESSAGES = 5_000;

    @Override
    public List<Figure> take(MeasuredServer server) {
        LoadRun most = LoadRun.of(server, Traffic.fullSpeed(PAIRS, Service.QOS_1), warmUpMessages, windows);
        int half = (int) (most.measured().get(0).window().deliveredPerSecond() / 2);
        List<Figure> figures = new ArrayList<>();
        figures.addAll(at(MESSAGES_PER_SECOND, 1, server, MESSAGES_PER_SECOND + "/s: "));
        figures.addAll(at(half, PAIRS, server, "half speed: "));
        return figures;
    }

    private List<Figure> at(int messagesPerSecond, int pairs, MeasuredServer server, String prefix) {
        Traffic traffic = Traffic.steady(pairs, Service.QOS_1, messagesPerSecond);
        LoadRun run = LoadRun.of(server, traffic, Math.max(FEWEST_WARM_UP_MESSAGES, messagesPerSecond), windows);
        List<MeasuredWindow> measured = run.measured();
        List<Figure> figures = new ArrayList<>();
        figures.add(MeasuredWindow.delivered(prefix, measured));
        figures.add(MeasuredWindow.latency(prefix + "round trip, p50", measured, 0.5));
        figures.add(MeasuredWindow.latency(prefix + "round trip, p90", measured, 0.9));
        figures.add(MeasuredWindow.latency(prefix + "round trip, p99", measured, 0.99));
        figures.add(MeasuredWindow.latency(prefix + "round trip, longest", measured, 1));
        figures.add(MeasuredWindow.lateness(prefix + "of it, sent late by the load, p50", measured, 0.5));
        figures.add(MeasuredWindow.lateness(prefix + "of it, sent late by the load, p99", measured, 0.99));
        figures.add(MeasuredWindow.serverCpu(prefix, measured));
        figures.add(MeasuredWindow.loadCpu(prefix, measured));
        figures.addAll(Faults.of(prefix, run.outcome()));
        return figures;
    }
}
