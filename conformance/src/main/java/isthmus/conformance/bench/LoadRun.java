package isthmus.conformance.bench;

import isthmus.conformance.bench.load.Outcome;
import isthmus.conformance.bench.load.PairLoad;
import isthmus.conformance.bench.load.Traffic;
import java.util.List;

/** What became of one load that was connected, warmed up, measured and finished. */
record LoadRun(List<MeasuredWindow> measured, Outcome outcome) {
    static LoadRun of(ServerProcess server, Traffic traffic, long warmUpMessages, Windows windows) {
        try (PairLoad load = PairLoad.connect(server.mqtt(), Launcher.SIGN_ON, Launcher.TOPIC, traffic)) {
            load.start();
            load.warmUp(warmUpMessages);
            List<MeasuredWindow> measured = windows.measure(load, server);
            return new LoadRun(measured, load.finish());
        }
    }
}
