package isthmus.gateway.session;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * How fast sessions that are far behind may read what waits for them, all of them together, so that others hardly notice:
 * as fast as the server gets along with half of the processors, and slowly when it needs more anyway, or when something
 * else leaves the machine little. Measured without it: a waiting message costs as much as three live ones, and one session
 * that takes 17,000 a second halves what others get.
 *
 * <p>Looks at the load now and then, goes up by a quarter while there is room and down by half when there is none. Any
 * thread. It knows nothing of sessions, so that one that goes away in the middle leaves nothing behind.
 */
public final class CatchUpPace {
    /**
     * Farther behind than this is far. Whoever is nearer is slow, or has just been away: the log of a server that is busy
     * grows by 25 MB a second, and a session that paused for a moment must be able to come back to live.
     */
    private static final long FAR_BYTES = 128L << 20;
    /** Messages a second of all sessions, in spite of everything: a million in less than two minutes. */
    private static final double SLOWEST = 10_000;

    private static final double FASTEST = 1_000_000;
    private static final double BUSY_SERVER = 0.5;
    private static final double BUSY_MACHINE = 0.9;
    private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();
    /**
     * What was not asked for in so long may be made up for. On a busy machine one page comes late and the next in time: those
     * who are never to be early would get less than their pace.
     */
    private static final long MADE_UP_NANOS = Duration.ofMillis(200).toNanos();

    private final LongSupplier nanoTime;
    private final DoubleSupplier serverLoad;
    private final DoubleSupplier machineLoad;
    private final AtomicLong looked;
    private final AtomicLong free;
    private volatile double perSecond = 3 * SLOWEST;

    /**
     * @param nanoTime {@link System#nanoTime} or a test's clock
     * @param serverLoad the part of all processors that this process used since the last call, 0 to 1; negative when unknown
     * @param machineLoad the same of all processes
     */
    public CatchUpPace(LongSupplier nanoTime, DoubleSupplier serverLoad, DoubleSupplier machineLoad) {
        this.nanoTime = nanoTime;
        this.serverLoad = serverLoad;
        this.machineLoad = machineLoad;
        long now = nanoTime.getAsLong();
        this.looked = new AtomicLong(now);
        this.free = new AtomicLong(now);
    }

    /** Whether a session that has read up to a position has to keep to the pace. */
    static boolean isFar(long position, long end) {
        return end - position > FAR_BYTES;
    }

    /** Asks for so many messages; nanoseconds to wait before they may be read, 0 or more. */
    long delayFor(int messages) {
        long now = nanoTime.getAsLong();
        adapt(now);
        long cost = (long) (messages * 1e9 / perSecond);
        long begin = free.getAndUpdate(before -> Math.max(before, now - MADE_UP_NANOS) + cost);
        return Math.max(0, begin - now);
    }

    private void adapt(long now) {
        long last = looked.get();
        if (now - last < LOOK_NANOS || !looked.compareAndSet(last, now)) {
            return;
        }
        // Both are asked each time, because each answers for the time since it was asked last.
        double server = serverLoad.getAsDouble();
        double machine = machineLoad.getAsDouble();
        boolean busy = server > BUSY_SERVER || machine > BUSY_MACHINE;
        double wanted = busy ? perSecond / 2 : perSecond * 1.25;
        perSecond = Math.min(FASTEST, Math.max(SLOWEST, wanted));
    }
}
