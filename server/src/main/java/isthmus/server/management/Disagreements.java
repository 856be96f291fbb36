package isthmus.server.management;

import isthmus.queue.api.admin.GroupDetail.Agreement;
import isthmus.server.operations.AlarmOperations.AlarmRule;
import isthmus.server.operations.AlarmOperations.Item;
import isthmus.server.operations.AlarmOperations.Notice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Consumer groups whose members do not subscribe alike, and since when. Some seconds of it are normal: a new version of an
 * application replaces the old one member by member. Longer, the group misses messages. Looked after by one thread, asked
 * by any.
 */
public final class Disagreements {
    private final Supplier<Map<String, Agreement>> groups;
    private final Consumer<Notice> notices;
    private final Clock clock;
    // guarded by this; by group
    private final Map<String, Instant> since = new TreeMap<>();
    private final Map<String, Instant> raised = new TreeMap<>();

    /**
     * @param groups asks them, as {@link isthmus.queue.api.admin.Groups#agreements} does
     * @param notices take what is to be told; must not block
     */
    public Disagreements(Supplier<Map<String, Agreement>> groups, Consumer<Notice> notices, Clock clock) {
        this.groups = groups;
        this.notices = notices;
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

    /** Tells of groups for which the rule is broken by now, and of those for which it is no longer. */
    synchronized void check(AlarmRule rule) {
        since.forEach((group, begin) -> {
            if (rule.enabled() && seconds(begin) >= rule.threshold() && !raised.containsKey(group)) {
                raised.put(group, clock.instant());
                tell(
                        AlarmNotices.RAISED,
                        group,
                        "raised: its members have not subscribed alike for " + seconds(begin) + " seconds (threshold: "
                                + rule.threshold() + ")");
            }
        });
        raised.keySet().removeIf(group -> {
            Instant begin = since.get(group);
            boolean over = begin == null || !rule.enabled() || seconds(begin) < rule.threshold();
            if (over) {
                tell(
                        AlarmNotices.CLEARED,
                        group,
                        begin == null ? "over: its members subscribe alike" : "over: it is not looked after now");
            }
            return over;
        });
    }

    private void tell(String state, String group, String what) {
        String text = "alarm disagreement of group " + group + " " + what;
        notices.accept(new Notice(state, Item.DISAGREEMENT, group, null, text, clock.instant()));
    }

    /** For how long the group has differed that has done so the longest; 0 when all agree. */
    synchronized long longestSeconds() {
        return since.values().stream().mapToLong(this::seconds).max().orElse(0);
    }

    /** Since when an alarm is raised; null when none is. */
    synchronized @Nullable Instant raised() {
        return raised.values().stream().min(Instant::compareTo).orElse(null);
    }

    private long seconds(Instant begin) {
        return Duration.between(begin, clock.instant()).toSeconds();
    }
}
