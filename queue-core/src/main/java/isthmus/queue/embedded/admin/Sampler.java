package isthmus.queue.embedded.admin;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts, at the end of each minute, what came in it: the difference of two totals. On a thread of its own; {@link
 * #sample} may be called by any.
 */
final class Sampler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
    private static final long MINUTE = 60_000;

    private final Supplier<Map<Series, Long>> totals;
    private final SampleTable table;
    private final SampleFiles files;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Sampler::thread);
    private Map<Series, Long> last; // under this

    /** Reads what was counted before. What happens from now on is counted. */
    Sampler(Supplier<Map<Series, Long>> totals, SampleTable table, SampleFiles files, Clock clock) {
        this.totals = totals;
        this.table = table;
        this.files = files;
        this.clock = clock;
        files.load((int) (clock.millis() / MINUTE), table);
        this.last = totals.get();
    }

    void start() {
        long untilNextMinute = MINUTE - clock.millis() % MINUTE;
        var unused = timer.scheduleAtFixedRate(this::sampleLastMinute, untilNextMinute, MINUTE, TimeUnit.MILLISECONDS);
    }

    /** It runs a little after the end of the minute, or a little before when the clock was set. */
    private void sampleLastMinute() {
        try {
            sample((clock.millis() - MINUTE / 2) / MINUTE);
        } catch (RuntimeException bug) {
            LOG.error("The counts of a minute are missing in the reports", bug);
        }
    }

    /** Counts what came since the last call as of this minute. */
    synchronized void sample(long minute) {
        Map<Series, Long> now = totals.get();
        Map<Series, Long> counts = new HashMap<>();
        now.forEach((series, total) -> {
            long before = last.getOrDefault(series, 0L);
            // A total that went back began again: its topic was made anew, or the broker had stopped counting.
            long count = total >= before ? total - before : total;
            if (count > 0) {
                counts.put(series, count);
                table.add(series, (int) minute, count);
            }
        });
        last = now;
        files.append((int) minute, counts);
        table.forget((int) minute);
        files.deleteOld((int) minute);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "isthmus-reports");
        thread.setDaemon(true);
        return thread;
    }

    /** Counts what came in the minute that has begun. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("Counting for the reports did not end within 5 s");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        sample(clock.millis() / MINUTE);
    }
}
