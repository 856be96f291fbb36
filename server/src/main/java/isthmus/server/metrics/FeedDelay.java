package isthmus.server.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long messages have been waiting for the feed to the clients. Under a steady load there is always something that has
 * just come; so it remembers where the log ended at some time, and measures from then until the feed is there. Who asks
 * rarely learns late of a delay, by as much. Any thread.
 */
public final class FeedDelay {
    private final LongSupplier end;
    private final LongSupplier lag;
    private final LongSupplier nanoTime;
    // guarded by this
    private long mark;
    private long marked;

    /**
     * Begins to measure.
     *
     * @param end the position behind the newest record of the log, in bytes
     * @param lag bytes before it that the feed has not looked at
     */
    public FeedDelay(LongSupplier end, LongSupplier lag, LongSupplier nanoTime) {
        this.end = end;
        this.lag = lag;
        this.nanoTime = nanoTime;
        this.mark = end.getAsLong();
        this.marked = nanoTime.getAsLong();
    }

    /** For so many seconds at least; 0 when the feed has passed what was there when somebody asked before. */
    public synchronized long seconds() {
        long now = nanoTime.getAsLong();
        long logEnd = end.getAsLong();
        if (logEnd - lag.getAsLong() >= mark) {
            mark = logEnd;
            marked = now;
        }
        return TimeUnit.NANOSECONDS.toSeconds(now - marked);
    }
}
