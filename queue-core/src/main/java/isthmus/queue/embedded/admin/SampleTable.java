package isthmus.queue.embedded.admin;

import java.util.HashMap;
import java.util.Map;

/**
 * What was counted in the last three days. Bounded: {@value #MAX_SERIES} series at most, about 35 kB each when something
 * happened in every minute; of further ones nothing is kept. Any thread.
 */
final class SampleTable {
    static final int MAX_SERIES = 2_000;
    static final int KEPT_MINUTES = 3 * 24 * 60 + 60;

    private final Map<Series, MinuteCounts> table = new HashMap<>(); // under this

    /** @param minute since the epoch, not before those added so far */
    synchronized void add(Series series, int minute, long count) {
        MinuteCounts counts = table.get(series);
        if (counts == null && table.size() < MAX_SERIES) {
            counts = new MinuteCounts();
            table.put(series, counts);
        }
        if (counts != null) {
            counts.add(minute, count);
        }
    }

    synchronized long sum(Series series, int from, int to) {
        MinuteCounts counts = table.get(series);
        return counts == null ? 0 : counts.sum(from, to);
    }

    synchronized void forget(int now) {
        table.values().forEach(counts -> counts.forgetBefore(now - KEPT_MINUTES));
        table.values().removeIf(MinuteCounts::isEmpty);
    }
}
