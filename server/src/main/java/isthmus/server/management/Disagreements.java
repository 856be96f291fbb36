package isthmus.server.management;

import isthmus.queue.api.admin.GroupDetail.Agreement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Consumer groups whose members do not subscribe alike, and since when. Some seconds of it are normal: a new version of an
 * application replaces the old one member by member. Longer, the group misses messages. Looked after by one thread, asked
 * by any.
 */
public final class Disagreements {
    private final Supplier<Map<String, Agreement>> groups;
    private final Clock clock;
    // guarded by this; by group
    private final Map<String, Instant> since = new TreeMap<>();

    /** @param groups asks them, as {@link isthmus.queue.api.admin.Groups#agreements} does */
    public Disagreements(Supplier<Map<String, Agreement>> groups, Clock clock) {
        this.groups = groups;
        this.clock = clock;
    }

    /** Asks the members. Blocks for as long as they need to answer. */
    public void look() {
        update(groups.get());
    }

    /** A group of which some member is silent stays what it was. */
    private synchronized void update(Map<String, Agreement> agreements) {
        Instant now = clock.instant();
        since.keySet().removeIf(group -> agreements.getOrDefault(group, Agreement.AGREE) == Agreement.AGREE);
        agreements.forEach((group, agreement) -> {
            if (agreement == Agreement.DIFFER) {
                since.putIfAbsent(group, now);
            }
        });
    }

    /** For how long the members of each such group have differed, in seconds. */
    synchronized Map<String, Long> seconds() {
        Instant now = clock.instant();
        Map<String, Long> seconds = new TreeMap<>();
        since.forEach((group, begin) ->
                seconds.put(group, Duration.between(begin, now).toSeconds()));
        return seconds;
    }
}
