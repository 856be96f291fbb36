package isthmus.conformance.bench;

import isthmus.conformance.bench.load.MessageLoad;
import isthmus.conformance.bench.load.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How often and how long a load is measured, one window right after the other. */
record Windows(int count, Duration length) {
    List<MeasuredWindow> measure(MessageLoad load, MeasuredServer server) {
        List<MeasuredWindow> measured = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Duration before = server.cpu();
            Window window = load.measure(length);
            measured.add(new MeasuredWindow(window, server.cpu().minus(before)));
        }
        return measured;
    }

    /** One window of the same length. */
    Windows once() {
        return new Windows(1, length);
    }

    @Override
    public String toString() {
        return count + " times " + length.toSeconds() + " s";
    }
}
