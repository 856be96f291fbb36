package isthmus.server.operations;

import isthmus.server.api.Field;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.Page;
import isthmus.server.operations.ConsumerGroupOperations.GroupTopic;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alarms about what waits for a consumer group in a topic. */
public final class GroupAlarmOperations {
    private GroupAlarmOperations() {}

    private static final String ALARM = "/queue/groups/{group}/topics/{topic}/alarm";

    public static final Operation<AlarmSearch, None, Page<GroupAlarm>> LIST = Operation.get(
                    "/queue/group-alarms",
                    "queue alarms list",
                    "Lists the alarms of consumer groups, what waits now and whether they are raised.")
            .parameters(AlarmSearch.class)
            .answersPageOf(GroupAlarm.class);

    public static final Operation<GroupTopic, GroupAlarmRule, GroupAlarm> SET = Operation.put(
                    ALARM,
                    "queue alarms set",
                    "Raises an alarm when too many messages of a topic wait for a group, or wait too long.")
            .parameters(GroupTopic.class)
            .body(GroupAlarmRule.class)
            .answers(GroupAlarm.class);

    public static final Operation<GroupTopic, None, None> DELETE = Operation.delete(
                    ALARM, "queue alarms delete", "Deletes the alarm of a group and a topic.")
            .parameters(GroupTopic.class)
            .answersNothing();

    static List<Operation<?, ?, ?>> all() {
        return List.of(LIST, SET, DELETE);
    }

    public record AlarmSearch(
            @Field("Only the alarms of this group.") @Nullable String group,
            @Field(value = "At most so many.", unset = "100", min = 1, max = 1000) int limit,
            @Field("Where to go on: the field next of the page before.") @Nullable String cursor) {}

    public record GroupAlarmRule(
            @Field(value = "The number of waiting messages from which on it is raised.", min = 1, max = 100_000_000)
                    @Nullable
                    Long backlogThreshold,
            @Field(
                            value = "The seconds that the oldest of them has waited from which on it is raised.",
                            min = 60,
                            max = 100_000_000)
                    @Nullable
                    Long delayThreshold,
            @Field(value = "Whether it is looked after only while the group has an online client.", unset = "false")
                    boolean onlineOnly,
            @Field(value = "Whether it is looked after.", unset = "true") boolean enabled,
            @Field(
                            value =
                                    "The first minute of the day in which it is posted, in the time zone of the server.",
                            unset = "00:00")
                    LocalTime tellFrom,
            @Field(value = "The last minute of the day in which it is posted.", unset = "23:59") LocalTime tellUntil,
            @Field(
                            value =
                                    "The minutes after which it is posted again, as long as it lasts; left out: it is not.",
                            min = 5,
                            max = 1440)
                    @Nullable
                    Integer tellEveryMinutes) {
        public GroupAlarmRule {
            if (backlogThreshold == null && delayThreshold == null) {
                throw new IllegalArgumentException(
                        "backlogThreshold: neither it nor delayThreshold (expected: one of them, or both)");
            }
            Telling.requireHours(tellFrom, tellUntil);
        }

        public Telling telling() {
            return new Telling(tellFrom, tellUntil, tellEveryMinutes);
        }
    }

    public record GroupAlarm(
            @Field("The consumer group.") String group,
            @Field("The topic.") String topic,
            @Field("Whether it is looked after.") boolean enabled,
            @Field("Whether it is looked after only while the group has an online client.") boolean onlineOnly,
            @Field("Messages that wait now.") long backlog,
            @Field("The number of them from which on it is raised.") @Nullable Long backlogThreshold,
            @Field("Since when there are too many; left out when there are not.") @Nullable Instant backlogRaised,
            @Field("Seconds that the oldest of them has waited.") long delay,
            @Field("The seconds from which on it is raised.") @Nullable Long delayThreshold,
            @Field("Since when they wait too long; left out when they do not.") @Nullable Instant delayRaised,
            @Field("The first minute of the day in which it is posted, in the time zone of the server.")
                    LocalTime tellFrom,
            @Field("The last minute of the day in which it is posted.") LocalTime tellUntil,
            @Field("The minutes after which it is posted again; left out when it is not.") @Nullable
                    Integer tellEveryMinutes) {}
}
