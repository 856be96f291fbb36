package isthmus.conformance.bench.load;

import java.util.Arrays;

/** Counts times in slots that are exact below 128 ns and within 1.6 % above. Belongs to one thread. */
public final class Histogram {
    private static final int EXACT_BITS = 7;
    private static final int SLOTS = (Long.SIZE - EXACT_BITS + 1) << (EXACT_BITS - 1);

    private final long[] counts;
    private long total;
    private long max;

    public Histogram() {
        this(new long[SLOTS], 0, 0);
    }

    private Histogram(long[] counts, long total, long max) {
        this.counts = counts;
        this.total = total;
        this.max = max;
    }

    /** @param nanos less than 0 counts as 0 */
    public void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[slot(value)]++;
        total++;
        max = Math.max(max, value);
    }

    public Histogram copy() {
        return new Histogram(counts.clone(), total, max);
    }

    public void clear() {
        Arrays.fill(counts, 0);
        total = 0;
        max = 0;
    }

    /**
     * The time that the given part of all times does not exceed, in nanoseconds; 0 when nothing was recorded.
     *
     * @param part 0.5 for the median, 1 for the longest
     */
    public long quantile(double part) {
        long rank = Math.max(1, Math.round(part * total));
        long sum = 0;
        for (int slot = 0; slot < counts.length && total > 0; slot++) {
            sum += counts[slot];
            if (sum >= rank) {
                return Math.min(max, highestIn(slot));
            }
        }
        return max;
    }

    private static int slot(long value) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - EXACT_BITS);
        return (shift << (EXACT_BITS - 1)) + (int) (value >>> shift);
    }

    private static long highestIn(int slot) {
        int shift = Math.max(0, (slot >>> (EXACT_BITS - 1)) - 1);
        long first = (long) (slot - (shift << (EXACT_BITS - 1))) << shift;
        return first + (1L << shift) - 1;
    }
}
