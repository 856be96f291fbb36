package isthmus.gateway.limits;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets so many through in a second, and a second's worth at once. A token bucket that is one number: the time at which it
 * would be full again. Any thread; never waits.
 */
final class Rate {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long interval;
    private final AtomicLong fullAt;

    /**
     * @param perSecond 1..1,000,000,000
     * @param now in terms of {@link System#nanoTime}
     */
    Rate(int perSecond, long now) {
        this.interval = NANOS_PER_SECOND / perSecond;
        this.fullAt = new AtomicLong(now);
    }

    /** Whether one more may pass now. */
    boolean tryPass(long now) {
        while (true) {
            long before = fullAt.get();
            long after = (before - now > 0 ? before : now) + interval;
            if (after - now > NANOS_PER_SECOND) {
                return false;
            }
            if (fullAt.compareAndSet(before, after)) {
                return true;
            }
        }
    }

    /** Whether nobody has passed lately, so that a new one would do the same. */
    boolean isFull(long now) {
        return fullAt.get() - now <= 0;
    }
}
