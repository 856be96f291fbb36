package isthmus.server.management;

import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.SessionStore;
import isthmus.queue.api.admin.Groups;
import isthmus.queue.api.admin.Groups.Waiting;
import isthmus.queue.api.admin.OperationException;
import isthmus.queue.api.admin.OperationException.Reason;
import isthmus.server.api.Json;
import isthmus.server.api.Problem;
import isthmus.server.operations.AlarmOperations.Item;
import isthmus.server.operations.ConsumerGroupOperations.GroupTopic;
import isthmus.server.operations.GroupAlarmOperations.GroupAlarm;
import isthmus.server.operations.GroupAlarmOperations.GroupAlarmRule;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks after what waits for consumer groups: a notice when that is too much or waits too long, and again when it is over. The
 * rules are stored; what is raised is not, so that a start tells it again. Looked after by one thread, asked and changed
 * by any that may touch the disk.
 */
public final class GroupAlarms {
    /** All are looked at every few seconds, at some microseconds for each queue of a topic. */
    private static final int MOST = 1000;

    private static final String KIND = "group-alarm";
    private static final Waiting NOTHING = new Waiting(false, 0, 0);

    private final Groups groups;
    private final SessionStore store;
    private final Json json = new Json();
    // guarded by this
    private final NavigableMap<String, Watched> alarms = new TreeMap<>();
    private final RaisedAlarms raised;

    private record Watched(GroupTopic place, GroupAlarmRule rule) {
        AlarmSubject about(Item item) {
            return new AlarmSubject(item, place.group(), place.topic());
        }
    }

    /**
     * Reads the rules. Blocks.
     *
     * @param clock in the time zone whose hours count
     */
    public GroupAlarms(Groups groups, SessionStore store, AlarmNotices notices, Clock clock) {
        this.groups = groups;
        this.store = store;
        this.raised = new RaisedAlarms(notices, clock);
        store.records(KIND).forEach((key, record) -> alarms.put(key, new Watched(placeOf(key), parse(key, record))));
    }

    private GroupAlarmRule parse(String key, Payload record) {
        return StoredJson.read(json, GroupAlarmRule.class, record, "alarm of " + key);
    }

    /** No name of a group or topic has a space in it. */
    private static String keyOf(GroupTopic place) {
        return place.group() + " " + place.topic();
    }

    private static GroupTopic placeOf(String key) {
        int space = key.indexOf(' ');
        return new GroupTopic(key.substring(0, space), key.substring(space + 1));
    }

    /** The text by which a list goes on behind an alarm. */
    static String keyOf(GroupAlarm alarm) {
        return keyOf(new GroupTopic(alarm.group(), alarm.topic()));
    }

    /** Every few seconds. */
    public void check() {
        for (Watched alarm : copy("", MOST)) {
            check(alarm.place(), waiting(alarm.place()));
        }
    }

    private synchronized List<Watched> copy(String after, int limit) {
        return alarms.tailMap(after, false).values().stream().limit(limit).toList();
    }

    /** For a group or topic that is no more nothing waits. */
    private Waiting waiting(GroupTopic place) {
        try {
            return groups.waiting(place.group(), place.topic());
        } catch (OperationException refused) {
            if (refused.reason() == Reason.NOT_FOUND) {
                return NOTHING;
            }
            throw refused;
        }
    }

    private synchronized void check(GroupTopic place, Waiting now) {
        Watched alarm = alarms.get(keyOf(place));
        if (alarm == null) {
            return;
        }
        GroupAlarmRule rule = alarm.rule();
        boolean watched = rule.enabled() && (now.online() || !rule.onlineOnly());
        Long backlog = watched ? rule.backlogThreshold() : null;
        Long seconds = watched ? rule.delayThreshold() : null;
        raised.update(alarm.about(Item.BACKLOG), new Reading(now.backlog(), "messages wait", backlog), rule.telling());
        raised.update(
                alarm.about(Item.DELAY), new Reading(now.delayMillis() / 1000, "seconds", seconds), rule.telling());
    }

    /**
     * A part of the alarms, with what waits now, by group and topic.
     *
     * @param group only of this one; null: of all
     * @param after the key behind which it begins
     */
    List<GroupAlarm> list(@Nullable String group, String after, int limit) {
        String first = group == null || after.compareTo(group) > 0 ? after : group;
        List<GroupAlarm> found = new ArrayList<>();
        for (Watched alarm : copy(first, limit)) {
            if (group == null || alarm.place().group().equals(group)) {
                found.add(view(alarm));
            }
        }
        return found;
    }

    private GroupAlarm view(Watched alarm) {
        GroupTopic place = alarm.place();
        GroupAlarmRule rule = alarm.rule();
        Waiting now = waiting(place);
        synchronized (this) {
            return new GroupAlarm(
                    place.group(),
                    place.topic(),
                    rule.enabled(),
                    rule.onlineOnly(),
                    now.backlog(),
                    rule.backlogThreshold(),
                    raised.since(alarm.about(Item.BACKLOG)),
                    now.delayMillis() / 1000,
                    rule.delayThreshold(),
                    raised.since(alarm.about(Item.DELAY)),
                    rule.tellFrom(),
                    rule.tellUntil(),
                    rule.tellEveryMinutes());
        }
    }

    /**
     * Makes or changes an alarm. Blocks.
     *
     * @throws OperationException when there is no such group or topic
     * @throws Problem when there are too many alarms
     */
    GroupAlarm set(GroupTopic place, GroupAlarmRule rule) {
        Waiting now = groups.waiting(place.group(), place.topic());
        Watched alarm = put(place, rule);
        check(place, now);
        return view(alarm);
    }

    private synchronized Watched put(GroupTopic place, GroupAlarmRule rule) {
        String key = keyOf(place);
        if (!alarms.containsKey(key) && alarms.size() >= MOST) {
            throw Problem.conflict("there are " + MOST + " alarms of groups, which are the most there may be");
        }
        store.putRecord(KIND, key, Payload.wrap(json.write(rule)));
        Watched alarm = new Watched(place, rule);
        alarms.put(key, alarm);
        return alarm;
    }

    /**
     * Deletes an alarm; what was raised is over. Blocks.
     *
     * @throws Problem when there is none
     */
    synchronized void delete(GroupTopic place) {
        String key = keyOf(place);
        Watched alarm = alarms.get(key);
        if (alarm == null) {
            throw Problem.notFound("group " + place.group() + " has no alarm in topic " + place.topic());
        }
        store.removeRecord(KIND, key);
        alarms.remove(key);
        raised.remove(alarm.about(Item.BACKLOG));
        raised.remove(alarm.about(Item.DELAY));
    }
}
