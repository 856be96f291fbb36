package isthmus.server.operations;

import isthmus.queue.api.admin.GroupDetail;
import isthmus.server.api.Field;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Consumer groups of server applications. */
public final class ConsumerGroupOperations {
    private ConsumerGroupOperations() {}

    private static final String GROUP = "/queue/groups/{group}";

    public static final Operation<GroupSearch, None, Page<GroupLine>> LIST = Operation.get(
                    "/queue/groups", "queue groups list", "Lists the consumer groups with their backlog.")
            .parameters(GroupSearch.class)
            .answersPageOf(GroupLine.class);

    public static final Operation<GroupName, None, Group> SHOW = Operation.get(
                    GROUP,
                    "queue groups show",
                    "Shows who of a group is online, whether they subscribe alike, and how far it is in each topic.")
            .parameters(GroupName.class)
            .answers(Group.class);

    public static final Operation<GroupName, None, None> STOP = Operation.put(
                    GROUP + "/stopped", "queue groups stop", "Stops a group: its clients are given no messages.")
            .parameters(GroupName.class)
            .answersNothing();

    public static final Operation<GroupName, None, None> START = Operation.delete(
                    GROUP + "/stopped", "queue groups start", "Lets a stopped group consume again.")
            .parameters(GroupName.class)
            .answersNothing();

    public static final Operation<GroupTopic, Reset, ResetResult> RESET = Operation.put(
                    GROUP + "/topics/{topic}/offset",
                    "queue groups reset",
                    "Moves a group to the end of a topic, or to the messages stored at an instant or later. Online"
                            + " consumers take it up at once; messages being retried stay.")
            .parameters(GroupTopic.class)
            .body(Reset.class)
            .answers(ResetResult.class);

    public static final Operation<GroupClient, Trial, TrialResult> TRY = Operation.post(
                    GROUP + "/members/{clientId}/trial",
                    "queue groups try",
                    "Gives one message to one online client and tells what its listener made of it. Changes no progress.")
            .parameters(GroupClient.class)
            .body(Trial.class)
            .answers(TrialResult.class);

    public static final Operation<QueueMessageOperations.TopicName, None, TimeSpan> SPAN = Operation.get(
                    "/queue/topics/{topic}/span",
                    "queue groups span",
                    "Shows when the oldest and the newest message of a topic were stored: groups can be moved between.")
            .parameters(QueueMessageOperations.TopicName.class)
            .answers(TimeSpan.class);

    static List<Operation<?, ?, ?>> all() {
        return List.of(LIST, SHOW, STOP, START, RESET, TRY, SPAN);
    }

    public record GroupSearch(
            @Field("Only groups whose name has this in it.") @Nullable String name,
            @Field(value = "At most so many.", unset = "100", min = 1, max = 1000) int limit,
            @Field("Where to go on: the field next of the page before.") @Nullable String cursor) {}

    public record GroupName(@Field("The consumer group.") String group) {}

    public record GroupTopic(@Field("The consumer group.") String group, @Field("The topic.") String topic) {}

    public record GroupClient(
            @Field("The consumer group.") String group,
            @Field("The client's id, as groups show has it.") String clientId) {}

    public record GroupLine(
            @Field("The consumer group.") String group,
            @Field("How many clients are online.") int members,
            @Field("False when it was stopped.") boolean consuming,
            @Field("Messages it has yet to consume.") long backlog,
            @Field("Messages it was given per second in the last minute.") double tps) {}

    public record Group(
            @Field("The consumer group.") String group,
            @Field("How its members share messages.") GroupDetail.Model model,
            @Field("False when it was stopped.") boolean consuming,
            @Field("Messages it has yet to consume.") long backlog,
            @Field("Messages it was given per second in the last minute.") double tps,
            @Field("Whether all members subscribe alike.") GroupDetail.Agreement agreement,
            @Field("Where they differ.") List<String> differences,
            @Field("The clients that are online.") List<Member> members,
            @Field("How far it is in each topic, its retries included.") List<TopicProgress> topics) {}

    public record Member(
            @Field("As the client named itself.") String clientId,
            @Field("The address it is connected from.") String address,
            @Field("The language it is written in.") String language,
            @Field("The version of its RocketMQ client.") String version,
            @Field("Its last heartbeat.") Instant seen,
            @Field("Whether it said what it subscribes to.") boolean answered,
            @Field("Topic and tags.") List<String> subscriptions) {}

    public record TopicProgress(
            @Field("The topic.") String topic,
            @Field("Messages not consumed yet.") long backlog,
            @Field("Milliseconds that the oldest of them has been waiting.") long delayMillis,
            @Field("Messages given per second in the last minute.") double tps,
            @Field("When the newest consumed message was stored; left out when that is not known.") @Nullable
                    Instant last,
            @Field("The progress in each queue.") List<QueueProgress> queues) {}

    public record QueueProgress(
            @Field("The queue.") int queueId,
            @Field("The first message there is.") long minOffset,
            @Field("The place behind the last message.") long maxOffset,
            @Field("The first message not consumed; -1 without any progress.") long consumed,
            @Field("The first message not given to a consumer.") long pulled) {}

    public record Reset(
            @Field("Where to: the messages stored then or later. Left out: the end of the topic.") @Nullable
                    Instant time) {}

    public record ResetResult(@Field("What was moved.") List<QueueReset> queues) {}

    public record QueueReset(
            @Field("The queue.") int queueId,
            @Field("The first message there is.") long minOffset,
            @Field("The place behind the last message.") long maxOffset,
            @Field("The progress until now; -1 when there was none.") long before,
            @Field("The progress from now on.") long after) {}

    public record Trial(
            @Field("The topic of the message.") String topic,
            @Field("Its unique id or its offset id.") String messageId) {}

    public record TrialResult(
            @Field("Whether the client would confirm it.") boolean success,
            @Field("What its listener returned.") String result,
            @Field("What it said about it.") String remark,
            @Field("Milliseconds it took.") long tookMillis) {}

    public record TimeSpan(
            @Field("The oldest message; left out when the topic is empty.") @Nullable Instant oldest,
            @Field("The newest message; left out when the topic is empty.") @Nullable Instant newest) {}
}
