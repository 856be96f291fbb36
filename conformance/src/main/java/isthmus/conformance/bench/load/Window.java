package isthmus.conformance.bench.load;

import java.time.Duration;

/**
 * What was measured during some time.
 *
 * @param delivered messages that subscribers received, each counted once
 * @param latency from the time at which a message was due to the time at which the subscriber read it
 * @param lateness from the time at which a message was due to the time at which the load sent it; part of the latency
 * @param loadCpu CPU time that this process has used
 */
public record Window(Duration length, long delivered, Histogram latency, Histogram lateness, Duration loadCpu) {
    public double deliveredPerSecond() {
        return delivered * 1e9 / length.toNanos();
    }
}
