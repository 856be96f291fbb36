package isthmus.server.metrics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long messages have been waiting for the feed to the clients. Under a steady load there is always something that has
 * just come; so it remembers where the log ended whenever somebody asked, and measures from the oldest such time whose end
 * the feed has not passed. Who asks rarely learns late of a delay, by as much. Any thread.
 */
public final class FeedDelay {
    private static final long NANOS_BETWEEN_MARKS = TimeUnit.SECONDS.toNanos(1);
    /** Marks are so many in a delay at most: the later the feed, the fewer a minute. A thousand last for a century. */
    private static final int MARKS_IN_DELAY = 50;

    private final LongSupplier end;
    private final LongSupplier lag;
    private final LongSupplier nanoTime;
    /** Ends of the log that the feed has not passed, the oldest first; guarded by this. */
    private final Deque<Mark> ahead = new ArrayDeque<>();

    private record Mark(long position, long nanos) {}

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
    }

    /** For so many seconds at least; 0 when the feed has passed what was there whenever somebody asked before. */
    public synchronized long seconds() {
        long now = nanoTime.getAsLong();
        long logEnd = end.getAsLong();
        long fed = logEnd - lag.getAsLong();
        while (!ahead.isEmpty() && ahead.getFirst().position() <= fed) {
            ahead.removeFirst();
        }
        long delay = ahead.isEmpty() ? 0 : now - ahead.getFirst().nanos();
        if (fed < logEnd && isMarkDue(now, delay)) {
            ahead.addLast(new Mark(logEnd, now));
        }
        return TimeUnit.NANOSECONDS.toSeconds(delay);
    }

    private boolean isMarkDue(long now, long delay) {
        return ahead.isEmpty()
                || now - ahead.getLast().nanos() >= Math.max(NANOS_BETWEEN_MARKS, delay / MARKS_IN_DELAY);
    }
}
