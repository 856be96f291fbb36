package isthmus.gateway.session;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Notices when somebody has set the clock: it has moved by another amount than the time that passed. One thread. */
final class ClockSteps {
    /** What a clock may be corrected by without anybody's session noticing it. */
    private static final long TOLERANCE_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final Clock clock;
    private final LongSupplier nanoTime;
    private long offset;

    ClockSteps(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.offset = offset();
    }

    private long offset() {
        return clock.millis() - TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong());
    }

    /** Milliseconds by which the clock was set forward, less than 0 for back, since the last call that said so; mostly 0. */
    long next() {
        long now = offset();
        long step = now - offset;
        if (Math.abs(step) < TOLERANCE_MILLIS) {
            return 0;
        }
        offset = now;
        return step;
    }
}
