package isthmus.queue.embedded;

import static isthmus.queue.api.AppendException.Reason.MESSAGE_ILLEGAL;
import static isthmus.queue.api.AppendException.Reason.UNAVAILABLE;
import static isthmus.queue.api.AppendException.Reason.UNKNOWN_TOPIC;

import isthmus.queue.api.AppendException;
import isthmus.queue.api.Appended;
import isthmus.queue.api.QueueMessage;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageClientIDSetter;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.store.MessageStore;
import org.apache.rocketmq.store.PutMessageResult;

/**
 * Appends messages to the log in process, without a socket and without RocketMQ's map of properties. Any thread; each
 * thread that appends costs RocketMQ a buffer of the largest message's size, so few threads should.
 */
final class Appender {
    private static final char NAME_END = MessageDecoder.NAME_VALUE_SEPARATOR;
    private static final char VALUE_END = MessageDecoder.PROPERTY_SEPARATOR;

    private final Topics topics;
    private final MessageStore store;
    private final SocketAddress host;
    private final int maxBodyBytes;
    private final PutFailures failures;

    Appender(Topics topics, MessageStore store, SocketAddress host, int maxBodyBytes) {
        this.topics = topics;
        this.store = store;
        this.host = host;
        this.maxBodyBytes = maxBodyBytes;
        this.failures = new PutFailures(store);
    }

    /** @see isthmus.queue.api.QueueCore#append */
    CompletionStage<Appended> append(QueueMessage message) {
        int queues = topics.writeQueues(message.topic());
        if (queues == 0) {
            return failed(UNKNOWN_TOPIC, "The topic \"" + message.topic() + "\" does not exist; create it first.");
        }
        if (message.body().length() > maxBodyBytes) {
            return failed(
                    MESSAGE_ILLEGAL,
                    "The body of a message for topic " + message.topic() + " has "
                            + message.body().length() + " bytes; " + maxBodyBytes + " are allowed.");
        }
        String tag = message.tag();
        if (tag != null && (tag.indexOf(NAME_END) >= 0 || tag.indexOf(VALUE_END) >= 0)) {
            return failed(MESSAGE_ILLEGAL, "A tag must not hold U+0001 or U+0002 (topic " + message.topic() + ").");
        }
        String messageId = MessageClientIDSetter.createUniqID();
        CompletableFuture<PutMessageResult> stored;
        try {
            stored = store.asyncPutMessage(inner(message, queues, messageId));
        } catch (RuntimeException refused) {
            return failed(
                    UNAVAILABLE, "The log could not take a message for topic " + message.topic() + ": " + refused);
        }
        if (stored.isDone() && !stored.isCompletedExceptionally()) {
            return outcome(stored.join(), message.topic(), messageId);
        }
        return stored.thenCompose(result -> outcome(result, message.topic(), messageId));
    }

    private MessageExtBrokerInner inner(QueueMessage message, int queues, String messageId) {
        MessageExtBrokerInner inner = new MessageExtBrokerInner();
        inner.setTopic(message.topic());
        inner.setQueueId(queueOf(message, queues));
        inner.setBody(message.body().array());
        inner.setBornTimestamp(System.currentTimeMillis());
        inner.setBornHost(host);
        inner.setStoreHost(host);
        // Only the stored form is written. The map is asked for what makes a message delayed, batched or
        // fire-and-forget, which this one is not.
        MessageAccessor.setProperties(inner, Map.of());
        inner.setPropertiesString(storedProperties(message, messageId));
        return inner;
    }

    private static int queueOf(QueueMessage message, int queues) {
        String key = message.shardingKey();
        int hash = (key == null ? message.topic() : key).hashCode();
        return Math.floorMod(hash ^ hash >>> 16, queues);
    }

    private static String storedProperties(QueueMessage message, String messageId) {
        String user = message.properties().stored();
        String tag = message.tag();
        StringBuilder stored = new StringBuilder(user.length() + 96);
        add(stored, MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX, messageId);
        if (tag != null) {
            add(stored, MessageConst.PROPERTY_TAGS, tag);
        }
        return stored.append(user).toString();
    }

    private static void add(StringBuilder stored, String name, String value) {
        stored.append(name).append(NAME_END).append(value).append(VALUE_END);
    }

    private CompletableFuture<Appended> outcome(PutMessageResult result, String topic, String messageId) {
        return switch (result.getPutMessageStatus()) {
            case PUT_OK ->
                CompletableFuture.completedFuture(
                        new Appended(result.getAppendMessageResult().getWroteOffset(), messageId));
            default -> CompletableFuture.failedFuture(failures.of(result.getPutMessageStatus(), topic));
        };
    }

    private static CompletionStage<Appended> failed(AppendException.Reason reason, String sentence) {
        return CompletableFuture.failedFuture(new AppendException(reason, sentence));
    }
}
