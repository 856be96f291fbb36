package isthmus.server.management;

import isthmus.gateway.Administration;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.SessionStore;
import isthmus.server.api.Json;
import isthmus.server.metrics.FeedDelay;
import isthmus.server.operations.AlarmOperations.Alarm;
import isthmus.server.operations.AlarmOperations.AlarmRule;
import isthmus.server.operations.AlarmOperations.Item;
import isthmus.server.operations.AlarmOperations.Notice;
import isthmus.server.operations.InstanceOperations.Use;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Looks after the alarms of the instance: a notice when one is raised, and again when it is over. The rules are stored.
 * Looked after by one thread, asked and changed by any.
 */
public final class AlarmWatch {
    private static final String KIND = "alarm";
    private static final long SHARE = 70;
    private static final long BACKLOG = 100_000;
    private static final long DELAY_SECONDS = 60;
    /** Time for the members of a group to be replaced one after the other. */
    private static final long DISAGREEMENT_SECONDS = 300;

    private final Administration gateway;
    private final FeedDelay feedDelay;
    private final Disagreements disagreements;
    private final SessionStore store;
    private final Consumer<Notice> notices;
    private final Clock clock;
    private final Json json = new Json();
    // guarded by this
    private final Map<Item, AlarmRule> rules = new EnumMap<>(Item.class);
    private final Map<Item, Instant> raised = new EnumMap<>(Item.class);

    /**
     * @param disagreements of consumer groups, each with notices of its own
     * @param notices take what is to be told; must not block
     */
    public AlarmWatch(
            Administration gateway,
            FeedDelay feedDelay,
            Disagreements disagreements,
            SessionStore store,
            Consumer<Notice> notices,
            Clock clock) {
        this.gateway = gateway;
        this.feedDelay = feedDelay;
        this.disagreements = disagreements;
        this.store = store;
        this.notices = notices;
        this.clock = clock;
        Map<String, Payload> stored = store.records(KIND);
        for (Item item : Item.values()) {
            Payload record = stored.get(item.name());
            rules.put(item, record == null ? unset(item) : parse(item, record));
        }
    }

    private static AlarmRule unset(Item item) {
        long threshold =
                switch (item) {
                    case BACKLOG -> BACKLOG;
                    case DELAY -> DELAY_SECONDS;
                    case DISAGREEMENT -> DISAGREEMENT_SECONDS;
                    default -> SHARE;
                };
        return new AlarmRule(threshold, true);
    }

    private AlarmRule parse(Item item, Payload record) {
        return StoredJson.read(json, AlarmRule.class, record, "alarm " + item);
    }

    /** Every few seconds. */
    public void check() {
        disagreements.check(rule(Item.DISAGREEMENT));
        for (Alarm alarm : list()) {
            if (alarm.item() == Item.DISAGREEMENT) {
                continue; // told for each group
            }
            boolean over = alarm.enabled() && alarm.value() >= alarm.threshold();
            if (over != (alarm.raised() != null)) {
                turn(alarm, over);
            }
        }
    }

    private synchronized AlarmRule rule(Item item) {
        return rules.getOrDefault(item, unset(item));
    }

    private void turn(Alarm alarm, boolean over) {
        synchronized (this) {
            if (over) {
                raised.put(alarm.item(), clock.instant());
            } else {
                raised.remove(alarm.item());
            }
        }
        String text = "alarm " + alarm.item().name().toLowerCase(Locale.ROOT) + (over ? " raised: " : " over: ")
                + alarm.value() + " " + alarm.unit() + " (threshold: " + alarm.threshold() + ")";
        notices.accept(new Notice(
                over ? AlarmNotices.RAISED : AlarmNotices.CLEARED, alarm.item(), null, null, text, clock.instant()));
    }

    /** All alarms with their values now. */
    List<Alarm> list() {
        Map<Item, Long> values = values();
        List<Alarm> alarms = new ArrayList<>();
        synchronized (this) {
            for (Item item : Item.values()) {
                AlarmRule rule = rule(item);
                alarms.add(new Alarm(
                        item,
                        item.unit(),
                        rule.enabled(),
                        rule.threshold(),
                        values.getOrDefault(item, 0L),
                        item == Item.DISAGREEMENT ? disagreements.raised() : raised.get(item)));
            }
        }
        return alarms;
    }

    private Map<Item, Long> values() {
        Map<Item, Long> values = new EnumMap<>(Item.class);
        for (Use use : Uses.of(gateway)) {
            values.put(Item.valueOf(use.item().toUpperCase(Locale.ROOT)), use.used() * 100 / Math.max(1, use.limit()));
        }
        long[] backlog = {0};
        gateway.clients().forEach(client -> backlog[0] += client.inFlight() + client.waiting());
        values.put(Item.BACKLOG, backlog[0]);
        values.put(Item.DISAGREEMENT, disagreements.longestSeconds());
        values.put(Item.DELAY, feedDelay.seconds());
        return values;
    }

    /** Changes a rule. Blocks. */
    void set(Item item, AlarmRule rule) {
        store.putRecord(KIND, item.name(), Payload.wrap(json.write(rule)));
        synchronized (this) {
            rules.put(item, rule);
        }
        check();
    }
}
