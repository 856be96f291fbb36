package isthmus.conformance.bench;

import java.time.Duration;

/** Time in which the benchmark does nothing. */
final class Pause {
    private Pause() {}

    static void of(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            throw new BenchFailure("interrupted", e);
        }
    }
}
