package isthmus.server.operations;

import isthmus.queue.api.admin.ResendJob;
import isthmus.server.api.Field;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.Page;
import isthmus.server.api.Role;
import isthmus.server.api.Text;
import isthmus.server.operations.QueueMessageOperations.MessageDetail;
import isthmus.server.operations.QueueMessageOperations.MessageLine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages that consumer groups have failed to consume too often. */
public final class DeadLetterOperations {
    private DeadLetterOperations() {}

    private static final String LETTERS = "/queue/groups/{group}/dead-letters";
    private static final String JOB = "/queue/resends/{jobId}";

    public static final Operation<LetterSearch, None, Page<MessageLine>> LIST = Operation.get(
                    LETTERS, "queue dead-letters list", "Lists the dead letters of a group by when they became such.")
            .parameters(LetterSearch.class)
            .answersPageOf(MessageLine.class);

    public static final Operation<LetterName, None, MessageDetail> SHOW = Operation.get(
                    LETTERS + "/{messageId}", "queue dead-letters show", "Shows a dead letter without its body.")
            .parameters(LetterName.class)
            .answers(MessageDetail.class);

    public static final Operation<Export, None, Text> EXPORT = Operation.get(
                    "/queue/groups/{group}/dead-letters.csv",
                    "queue dead-letters export",
                    "Writes dead letters as CSV: topic, msgId, bornHost, bornTimestamp, storeTimestamp, reconsumeTimes,"
                            + " properties (JSON), body (Base64), bodyCRC.")
            .role(Role.OPERATE)
            .parameters(Export.class)
            .answersText();

    public static final Operation<LetterName, None, None> RESEND = Operation.post(
                    LETTERS + "/{messageId}/resend",
                    "queue dead-letters resend",
                    "Gives a dead letter to its group again, with all its retries. It stays a dead letter, too.")
            .parameters(LetterName.class)
            .answersNothing();

    public static final Operation<ConsumerGroupOperations.GroupName, Resend, Job> RESEND_ALL = Operation.post(
                    LETTERS + "/resend",
                    "queue dead-letters resend-all",
                    "Begins to resend the dead letters of a period, or chosen ones. \"queue resends show\" tells how far"
                            + " it is.")
            .parameters(ConsumerGroupOperations.GroupName.class)
            .body(Resend.class)
            .answers(Job.class);

    public static final Operation<JobName, None, Job> JOB_SHOW = Operation.get(
                    JOB, "queue resends show", "Shows how far a resend is.")
            .parameters(JobName.class)
            .answers(Job.class);

    public static final Operation<JobName, None, None> JOB_CANCEL = Operation.delete(
                    JOB, "queue resends cancel", "Ends a resend after the message it is at.")
            .parameters(JobName.class)
            .answersNothing();

    static List<Operation<?, ?, ?>> all() {
        return List.of(LIST, SHOW, EXPORT, RESEND, RESEND_ALL, JOB_SHOW, JOB_CANCEL);
    }

    public record LetterSearch(
            @Field("The consumer group.") String group,
            @Field("Became dead letters at or after this instant.") @Nullable Instant from,
            @Field("Became dead letters at or before this instant.") @Nullable Instant to,
            @Field(value = "At most so many.", unset = "50", min = 1, max = 500) int limit,
            @Field("Where to go on: the field next of the page before.") @Nullable String cursor) {}

    public record LetterName(
            @Field("The consumer group.") String group,
            @Field("The unique id it always had, or the dead letter's offset id.") String messageId) {}

    public record Export(
            @Field("The consumer group.") String group,
            @Field("Became dead letters at or after this instant.") @Nullable Instant from,
            @Field("Became dead letters at or before this instant.") @Nullable Instant to,
            @Field(value = "Only these ids; from and to are not for them.", max = 200) List<String> ids) {}

    public record Resend(
            @Field("Became dead letters at or after this instant.") @Nullable Instant from,
            @Field("Became dead letters at or before this instant.") @Nullable Instant to,
            @Field(value = "Only these ids; from and to are not for them.", max = 200) List<String> ids) {}

    public record JobName(@Field("As it was answered when the resend began.") String jobId) {}

    public record Job(
            @Field("Its name.") String jobId,
            @Field("The consumer group.") String group,
            @Field("Whether it goes on.") ResendJob.State state,
            @Field("How many were resent.") long sent,
            @Field("How many there are; for a period, found so far.") long total,
            @Field("Why it ended early; empty when it did not.") String problem) {}
}
