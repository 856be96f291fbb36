package isthmus.gateway.admin;

import java.util.concurrent.atomic.LongAdder;

/** Counts durations in buckets that double, from 64 µs to 2 s. Any thread; costs a few nanoseconds and makes no garbage. */
public final class LatencyHistogram {
    private static final int BUCKETS = 17;
    private static final int FIRST_BOUND_BITS = 16; // 2^16 ns = 65.5 µs

    private final LongAdder[] counts = new LongAdder[BUCKETS];
    private final LongAdder totalNanos = new LongAdder();

    public LatencyHistogram() {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] = new LongAdder();
        }
    }

    public void record(long nanos) {
        int bits = 64 - Long.numberOfLeadingZeros(Math.max(0, nanos - 1));
        counts[Math.min(BUCKETS - 1, Math.max(0, bits - FIRST_BOUND_BITS))].increment();
        totalNanos.add(nanos);
    }

    /** The upper bounds of all buckets but the last, which has none, in seconds. */
    public static double[] bounds() {
        double[] bounds = new double[BUCKETS - 1];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = (1L << (FIRST_BOUND_BITS + i)) / 1e9;
        }
        return bounds;
    }

    /** How many durations each bucket has, one more than there are bounds. */
    public long[] counts() {
        long[] now = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            now[i] = counts[i].sum();
        }
        return now;
    }

    public double totalSeconds() {
        return totalNanos.sum() / 1e9;
    }
}
