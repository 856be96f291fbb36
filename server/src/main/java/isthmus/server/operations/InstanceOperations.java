package isthmus.server.operations;

import isthmus.server.api.Field;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The instance as a whole, its groups and its topics: what there is now, and how it was in the last minutes. */
public final class InstanceOperations {
    private InstanceOperations() {}

    public static final Operation<None, None, Instance> SHOW = Operation.get(
                    "/instance", "instance show", "Shows what the instance does and how much of its limits is used.")
            .answers(Instance.class);

    public static final Operation<Minutes, None, Page<InstanceSample>> HISTORY = Operation.get(
                    "/instance/history", "instance history", "Shows the last minutes of the instance, the newest last.")
            .parameters(Minutes.class)
            .answersPageOf(InstanceSample.class);

    public static final Operation<OneGroup, None, GroupStatus> GROUP = Operation.get(
                    "/groups/{groupId}/status",
                    "groups status",
                    "Shows how many clients of a group are online and how far they are behind, for the last 15 minutes.")
            .parameters(OneGroup.class)
            .answers(GroupStatus.class);

    public static final Operation<SubscriberSearch, None, Page<TopicSubscriber>> SUBSCRIBERS = Operation.get(
                    "/topics/subscribers", "topics subscribers", "Lists the clients whose subscriptions match a topic.")
            .parameters(SubscriberSearch.class)
            .answersPageOf(TopicSubscriber.class);

    public static final Operation<MessageOperations.OneTopic, None, TopicActivity> ACTIVITY = Operation.get(
                    "/topics/activity",
                    "topics activity",
                    "Shows the messages of a topic in the last 15 minutes; where too many topics are in use, from the first"
                            + " time on that this is asked for, as long as it is asked for once an hour.")
            .parameters(MessageOperations.OneTopic.class)
            .answers(TopicActivity.class);

    static List<Operation<?, ?, ?>> all() {
        return List.of(SHOW, HISTORY, GROUP, SUBSCRIBERS, ACTIVITY);
    }

    public record Use(
            @Field("What is limited.") String item,
            @Field("How much of it is used.") long used,
            @Field("How much there may be.") long limit) {}

    public record Instance(
            @Field("The version of the program.") String version,
            @Field("When it was started.") Instant started,
            @Field("Messages from clients in a second, over the last 10 seconds.") double messagesInPerSecond,
            @Field("Messages to clients in a second, over the last 10 seconds.") double messagesOutPerSecond,
            @Field("Messages from clients since the start.") long messagesIn,
            @Field("Messages to clients since the start.") long messagesOut,
            @Field("Sessions, of clients that are online or are away.") int sessions,
            @Field("QoS 0 messages that slow clients were not sent.") long dropped,
            @Field("Bytes of the log that clients have not been told of yet.") long feedLag,
            @Field("What is used of each limit.") List<Use> use,
            @Field("What was refused since the start, by the limit that was reached.") Map<String, Long> refusals,
            @Field("Why connections ended since the start.") Map<String, Long> disconnects) {}

    public record Minutes(@Field(value = "So many minutes back.", unset = "15", min = 1, max = 1440) int minutes) {}

    public record InstanceSample(
            @Field("The end of the minute.") Instant time,
            @Field("Connections at that moment.") int connections,
            @Field("Subscriptions at that moment.") int subscriptions,
            @Field("Messages from clients in this minute.") long messagesIn,
            @Field("Messages to clients in this minute.") long messagesOut) {}

    public record OneGroup(@Field(value = "The group id.", min = 1, max = 64) String groupId) {}

    public record GroupSample(
            @Field("The end of the minute.") Instant time,
            @Field("Clients of the group that were online.") int online,
            @Field("Messages that were pushed to them or were about to be, and were not acknowledged.") long backlog) {}

    public record GroupStatus(
            @Field("The group id.") String groupId,
            @Field("Clients of the group that are online.") int online,
            @Field("Stored sessions of the group.") int stored,
            @Field("Messages that are pushed to its clients or are about to be, and are not acknowledged.")
                    long backlog,
            @Field("The last 15 minutes, the newest last.") List<GroupSample> history) {}

    public record SubscriberSearch(
            @Field(value = "The topic name.", min = 1, max = 65_535) String topic,
            @Field(value = "At most so many.", unset = "50", min = 1, max = 1000) int limit,
            @Field("Where to go on: the field next of the page before.") @Nullable String cursor) {}

    public record TopicSubscriber(
            @Field("The client identifier.") String clientId,
            @Field("Whether it is connected.") boolean online,
            @Field("The topic filter that matches; the one with the highest quality of service.") String filter,
            @Field("The quality of service that was granted.") int qos) {}

    public record TopicSample(
            @Field("The end of the minute.") Instant time,
            @Field("Messages that were published.") long in,
            @Field("Messages that were handed to clients.") long out) {}

    public record TopicActivity(
            @Field("The topic name.") String topic,
            @Field("Since when its messages are counted.") Instant since,
            @Field("Messages since then.") long in,
            @Field("Messages handed to clients since then.") long out,
            @Field("The last 15 minutes, the newest last.") List<TopicSample> history) {}
}
