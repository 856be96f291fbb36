package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.OperationException;
import isthmus.queue.api.admin.Reports;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@link Reports} of the embedded broker. */
final class EmbeddedReports implements Reports {
    private static final long MINUTE = 60_000;

    private final BrokerTables tables;
    private final SampleTable table;
    private final Clock clock;

    EmbeddedReports(BrokerTables tables, SampleTable table, Clock clock) {
        this.tables = tables;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public List<Point> production(String topic, Duration period, long fromMillis, long toMillis) {
        tables.requireTopic(topic);
        return points(new Series(topic, null), period, fromMillis, toMillis);
    }

    @Override
    public List<Point> consumption(String group, String topic, Duration period, long fromMillis, long toMillis) {
        tables.requireGroup(group);
        tables.requireTopic(topic);
        return points(new Series(topic, group), period, fromMillis, toMillis);
    }

    private List<Point> points(Series series, Duration period, long fromMillis, long toMillis) {
        if (!PERIODS.contains(period)) {
            throw OperationException.invalid("period", period.toMinutes(), "1, 10, 30 or 60 minutes");
        }
        long now = clock.millis();
        // An hour's grace, for who asks for exactly three days.
        long oldest = now - KEPT.toMillis() - Duration.ofHours(1).toMillis();
        if (fromMillis < oldest || fromMillis > toMillis) {
            throw OperationException.invalid(
                    "from", Instant.ofEpochMilli(fromMillis), "within the last three days, and not after \"to\"");
        }
        long length = period.toMillis();
        List<Point> points = new ArrayList<>();
        for (long start = fromMillis - fromMillis % length; start <= Math.min(toMillis, now); start += length) {
            long messages = table.sum(series, (int) (start / MINUTE), (int) ((start + length) / MINUTE));
            points.add(new Point(start, messages, messages * 1000.0 / length));
        }
        return points;
    }
}
