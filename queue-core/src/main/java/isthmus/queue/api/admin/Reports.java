package isthmus.queue.api.admin;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How many messages were sent to a topic and given to a group, counted each minute and kept for three days, across
 * restarts.
 */
public interface Reports {
    /** The periods that a report may be divided into. */
    Set<Duration> PERIODS =
            Set.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofMinutes(30), Duration.ofHours(1));

    /** How far back reports go. */
    Duration KEPT = Duration.ofDays(3);

    /**
     * Messages stored in a topic.
     *
     * @param period one of {@link #PERIODS}
     * @param fromMillis milliseconds since the epoch, not more than {@link #KEPT} ago
     */
    List<Point> production(String topic, Duration period, long fromMillis, long toMillis);

    /** Messages of a topic that consumers of a group were given, repetitions included. */
    List<Point> consumption(String group, String topic, Duration period, long fromMillis, long toMillis);

    /**
     * One period of a report.
     *
     * @param startMillis when the period begins, a multiple of its length since the epoch
     * @param messages in the whole period
     * @param tps the average per second of the period
     */
    record Point(long startMillis, long messages, double tps) {}
}
