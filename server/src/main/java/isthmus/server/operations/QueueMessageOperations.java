package isthmus.server.operations;

import isthmus.queue.api.admin.DeliveryState;
import isthmus.queue.api.admin.MessageTrace;
import isthmus.server.api.Field;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.Page;
import isthmus.server.api.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages in the log, and what became of them. */
public final class QueueMessageOperations {
    private QueueMessageOperations() {}

    private static final String MESSAGE = "/queue/topics/{topic}/messages/{messageId}";

    public static final Operation<MessageSearch, None, Page<MessageLine>> LIST = Operation.get(
                    "/queue/topics/{topic}/messages",
                    "queue messages list",
                    "Lists the messages of a topic: those stored in a period in the order of the log, or the newest 64"
                            + " with a key, newest first.")
            .parameters(MessageSearch.class)
            .answersPageOf(MessageLine.class);

    public static final Operation<MessageName, None, MessageDetail> SHOW = Operation.get(
                    MESSAGE, "queue messages show", "Shows a message without its body.")
            .parameters(MessageName.class)
            .answers(MessageDetail.class);

    public static final Operation<MessagePlace, None, MessageDetail> AT = Operation.get(
                    "/queue/topics/{topic}/queues/{queueId}/messages/{offset}",
                    "queue messages at",
                    "Shows the message at a place of a queue, without its body.")
            .parameters(MessagePlace.class)
            .answers(MessageDetail.class);

    public static final Operation<MessageName, None, MessageBody> BODY = Operation.get(
                    MESSAGE + "/body", "queue messages body", "Shows the body of a message.")
            .role(Role.OPERATE)
            .parameters(MessageName.class)
            .answers(MessageBody.class);

    public static final Operation<MessageName, None, Page<Delivery>> DELIVERIES = Operation.get(
                    MESSAGE + "/deliveries",
                    "queue messages deliveries",
                    "Tells what became of a message in each consumer group, by the group's progress: an estimate.")
            .parameters(MessageName.class)
            .answersPageOf(Delivery.class);

    public static final Operation<MessageName, None, Trace> TRACE = Operation.get(
                    MESSAGE + "/trace",
                    "queue messages trace",
                    "Shows what clients that trace have told of a message; they tell it some seconds late.")
            .parameters(MessageName.class)
            .answers(Trace.class);

    public static final Operation<TopicName, NewMessage, SentMessage> SEND = Operation.post(
                    "/queue/topics/{topic}/messages", "queue messages send", "Sends a message to try a topic.")
            .parameters(TopicName.class)
            .body(NewMessage.class)
            .answers(SentMessage.class);

    static List<Operation<?, ?, ?>> all() {
        return List.of(LIST, SHOW, AT, BODY, DELIVERIES, TRACE, SEND);
    }

    public record TopicName(@Field("The topic.") String topic) {}

    public record MessageName(
            @Field("The topic.") String topic,
            @Field("The unique id that its sender got, or the offset id.") String messageId) {}

    public record MessagePlace(
            @Field("The topic.") String topic,
            @Field("The queue, from 0.") int queueId,
            @Field("The index in the queue, from 0.") long offset) {}

    public record MessageSearch(
            @Field("The topic.") String topic,
            @Field("Only messages with this key, the newest 64 at most; not together with from, to and cursor.")
                    @Nullable
                    String key,
            @Field("Stored at or after this instant.") @Nullable Instant from,
            @Field("Stored at or before this instant.") @Nullable Instant to,
            @Field(value = "At most so many.", unset = "64", min = 1, max = 500) int limit,
            @Field("Where to go on: the field next of the page before.") @Nullable String cursor) {
        public MessageSearch {
            if (key != null && (from != null || to != null || cursor != null)) {
                throw new IllegalArgumentException(
                        "key: together with from, to or cursor (expected: a key, or a period that is read page by page)");
            }
        }
    }

    public record MessageLine(
            @Field("Its unique id.") String messageId,
            @Field("The queue it is in.") int queueId,
            @Field("Its index in the queue.") long queueOffset,
            @Field("When the log took it.") Instant stored,
            @Field("Its tag.") @Nullable String tag,
            @Field("Its keys, separated by spaces.") @Nullable String keys,
            @Field("How often consuming it has failed.") int reconsumeTimes,
            @Field("Bytes of its body.") int bodyBytes) {}

    public record MessageDetail(
            @Field("Its unique id; without one, its offset id.") String messageId,
            @Field("The id made of the broker's address and the position.") String offsetId,
            @Field("The topic it is in.") String topic,
            @Field("The queue it is in.") int queueId,
            @Field("Its index in the queue.") long queueOffset,
            @Field("Where it stands in the log.") long position,
            @Field("Bytes it takes in the log.") int size,
            @Field("When it was sent, by the sender's clock.") Instant born,
            @Field("The address of the sender.") String bornHost,
            @Field("When the log took it.") Instant stored,
            @Field("The address of the broker.") String storeHost,
            @Field("How often consuming it has failed.") int reconsumeTimes,
            @Field("The checksum of the stored body.") int bodyCrc,
            @Field("Its tag.") @Nullable String tag,
            @Field("Its keys, separated by spaces.") @Nullable String keys,
            @Field("Bytes of its body.") int bodyBytes,
            @Field("All properties, RocketMQ's own included.") Map<String, String> properties) {}

    public record MessageBody(
            @Field("The unique id of the message.") String messageId,
            @Field("The body in Base64.") String base64,
            @Field("The body as text, when it is text (UTF-8).") @Nullable String text) {
        /** Without the body. */
        @Override
        public String toString() {
            return "MessageBody[" + messageId + "]";
        }
    }

    public record Delivery(
            @Field("The consumer group.") String group, @Field("What became of it there.") DeliveryState.State state) {}

    public record Trace(
            @Field("The unique id of the message.") String messageId,
            @Field("What became of it, on the whole.") MessageTrace.State state,
            @Field("Each attempt to send it.") List<Sent> sent,
            @Field("Each delivery to a consumer.") List<Received> received) {}

    public record Sent(
            @Field("When sending began, by the client's clock.") Instant at,
            @Field("The producer group.") String group,
            @Field("The address of the client.") String client,
            @Field("Normal, transaction, delayed or ordered.") String kind,
            @Field("Whether it was stored.") boolean success,
            @Field("Milliseconds it took.") long tookMillis) {}

    public record Received(
            @Field("When consuming began, by the client's clock.") Instant at,
            @Field("The consumer group.") String group,
            @Field("The address of the client.") String client,
            @Field("0 for the first delivery.") int attempt,
            @Field("Success, time_out, exception, returnnull or failed; left out when it is not known yet.") @Nullable
                    String result,
            @Field("Milliseconds it took; left out when it is not known yet.") @Nullable Long tookMillis) {}

    public record NewMessage(
            @Field(value = "Its tag.", max = 128) @Nullable String tag,
            @Field(value = "A key to find it by.", max = 128) @Nullable String key,
            @Field(value = "Decides the queue: messages with one sharding key keep their order.", max = 128) @Nullable
                    String shardingKey,
            @Field(value = "The body as text; or else base64.", max = 262_144) @Nullable String text,
            @Field(value = "The body in Base64; or else text.", max = 349_528) @Nullable String base64) {
        public NewMessage {
            if ((text == null) == (base64 == null)) {
                throw new IllegalArgumentException("text: both or neither of text and base64 (expected: one of them)");
            }
        }

        /** Without the body. */
        @Override
        public String toString() {
            return "NewMessage[" + key + "]";
        }
    }

    public record SentMessage(
            @Field("Its unique id.") String messageId, @Field("Where it stands in the log.") long position) {}
}
