package isthmus.gateway.limits;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says now and then, in one line, what was refused since it last said so; nothing when nothing was. However many are
 * refused, the log grows by a line a minute. Runs on the maintenance thread.
 */
public final class RefusalReport implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalReport.class);
    private static final double NANOS_PER_SECOND = 1e9;

    private final Refusals refusals;
    private final LongSupplier nanoTime;
    private final Map<Limit, Long> reported = new EnumMap<>(Limit.class);
    private long since;

    /** @param nanoTime {@link System#nanoTime} or a test's clock */
    public RefusalReport(Refusals refusals, LongSupplier nanoTime) {
        this.refusals = refusals;
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    @Override
    public void run() {
        List<String> news = news();
        long now = nanoTime.getAsLong();
        if (!news.isEmpty()) {
            LOG.info(
                    "refused in the last {} s: {}",
                    Math.round((now - since) / NANOS_PER_SECOND),
                    String.join(", ", news));
        }
        since = now;
    }

    private List<String> news() {
        List<String> news = new ArrayList<>();
        for (Limit limit : Limit.values()) {
            long count = refusals.of(limit);
            long before = reported.getOrDefault(limit, 0L);
            if (count > before) {
                news.add((count - before) + " " + limit.refused() + " (" + limit.setting() + ")");
                reported.put(limit, count);
            }
        }
        long untold = refusals.renewOwnLines();
        if (untold > 0) {
            news.add(untold + " more than those that have a line of their own");
        }
        return news;
    }
}
