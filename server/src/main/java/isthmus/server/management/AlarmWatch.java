package isthmus.server.management;

import isthmus.gateway.Administration;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.SessionStore;
import isthmus.server.api.Json;
import isthmus.server.metrics.FeedDelay;
import isthmus.server.operations.AlarmOperations.Alarm;
import isthmus.server.operations.AlarmOperations.AlarmRule;
import isthmus.server.operations.AlarmOperations.Item;
import isthmus.server.operations.InstanceOperations.Use;
import java.time.Clock;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Looks after the alarms that have one rule each: most are about the instance, and what members of consumer groups disagree
 * about is one for each group. The rules are stored. Looked after by one thread, asked and changed by any.
 */
public final class AlarmWatch {
    private static final String KIND = "alarm";
    private static final AlarmRule UNSET = new AlarmRule(null, true, LocalTime.MIN, LocalTime.of(23, 59), null);

    private final Administration gateway;
    private final FeedDelay feedDelay;
    private final Disagreements disagreements;
    private final SessionStore store;
    private final Json json = new Json();
    // guarded by this
    private final Map<Item, AlarmRule> rules = new EnumMap<>(Item.class);
    private final RaisedAlarms raised;

    /** @param clock in the time zone whose hours count */
    public AlarmWatch(
            Administration gateway,
            FeedDelay feedDelay,
            Disagreements disagreements,
            SessionStore store,
            AlarmNotices notices,
            Clock clock) {
        this.gateway = gateway;
        this.feedDelay = feedDelay;
        this.disagreements = disagreements;
        this.store = store;
        this.raised = new RaisedAlarms(notices, clock);
        Map<String, Payload> stored = store.records(KIND);
        for (Item item : Item.values()) {
            Payload record = stored.get(item.name());
            rules.put(item, record == null ? UNSET : parse(item, record));
        }
    }

    private AlarmRule parse(Item item, Payload record) {
        return StoredJson.read(json, AlarmRule.class, record, "alarm " + item);
    }

    /** Every few seconds. */
    public void check() {
        Map<AlarmSubject, Long> values = values();
        synchronized (this) {
            raised.subjects().forEach(subject -> values.putIfAbsent(subject, 0L));
            values.forEach(this::check);
        }
    }

    /** Under the monitor. */
    private void check(AlarmSubject subject, long value) {
        AlarmRule rule = rule(subject.item());
        Reading reading =
                new Reading(value, subject.item().unit(), rule.enabled() ? rule.thresholdOf(subject.item()) : null);
        raised.update(subject, reading, rule.telling());
    }

    private AlarmRule rule(Item item) {
        return rules.getOrDefault(item, UNSET);
    }

    /** All alarms; of what there are several of, the largest value now, and since when any of them is raised. */
    List<Alarm> list() {
        Map<Item, Long> largest = new EnumMap<>(Item.class);
        values().forEach((subject, value) -> largest.merge(subject.item(), value, Math::max));
        synchronized (this) {
            return Arrays.stream(Item.values())
                    .map(item -> view(item, largest.getOrDefault(item, 0L)))
                    .toList();
        }
    }

    private Alarm view(Item item, long value) {
        AlarmRule rule = rule(item);
        return new Alarm(
                item,
                rule.enabled(),
                rule.thresholdOf(item),
                value,
                raised.since(item),
                rule.tellFrom(),
                rule.tellUntil(),
                rule.tellEveryMinutes(),
                item.unit());
    }

    private Map<AlarmSubject, Long> values() {
        Map<AlarmSubject, Long> values = new HashMap<>();
        for (Use use : Uses.of(gateway)) {
            Item item = Item.valueOf(use.item().toUpperCase(Locale.ROOT));
            values.put(AlarmSubject.instance(item), use.used() * 100 / Math.max(1, use.limit()));
        }
        long[] backlog = {0};
        gateway.clients().forEach(client -> backlog[0] += client.inFlight() + client.waiting());
        values.put(AlarmSubject.instance(Item.BACKLOG), backlog[0]);
        values.put(AlarmSubject.instance(Item.DELAY), feedDelay.seconds());
        disagreements
                .seconds()
                .forEach((group, seconds) -> values.put(new AlarmSubject(Item.DISAGREEMENT, group, null), seconds));
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
