package isthmus.conformance.bench;

import isthmus.conformance.bench.load.MessageLoad;
import isthmus.conformance.bench.load.Outcome;
import isthmus.conformance.bench.load.Traffic;
import java.util.ArrayList;
import java.util.List;

/** What became of one load that was connected, warmed up, measured and finished. */
record LoadRun(List<MeasuredWindow> measured, Outcome outcome) {
    static LoadRun of(MeasuredServer server, Traffic traffic, long warmUpMessages, Windows windows) {
        try (MessageLoad load = MessageLoad.connect(server.mqtt(), server.signOn(), Launcher.TOPIC, traffic)) {
            load.start();
            load.warmUp(warmUpMessages);
            List<MeasuredWindow> measured = windows.measure(load, server);
            return new LoadRun(measured, load.finish());
        }
    }

    /** What is measured of most loads. */
    List<Figure> figures(String prefix) {
        List<Figure> figures = new ArrayList<>();
        figures.add(MeasuredWindow.delivered(prefix, measured));
        figures.add(MeasuredWindow.serverCpu(prefix, measured));
        figures.add(MeasuredWindow.loadCpu(prefix, measured));
        figures.add(MeasuredWindow.latency(prefix + "round trip, p50", measured, 0.5));
        figures.addAll(Faults.of(prefix, outcome));
        return figures;
    }
}
