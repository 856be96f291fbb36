package isthmus.queue.embedded.admin;

import isthmus.queue.api.Appended;
import isthmus.queue.api.MessageProperties;
import isthmus.queue.api.QueueMessage;
import isthmus.queue.api.TraceContext;
import isthmus.queue.api.admin.DeliveryState;
import isthmus.queue.api.admin.MessagePage;
import isthmus.queue.api.admin.MessageTrace;
import isthmus.queue.api.admin.Messages;
import isthmus.queue.api.admin.OperationException;
import isthmus.queue.api.admin.OperationException.Reason;
import isthmus.queue.api.admin.StoredMessage;
import isthmus.queue.api.admin.TestMessage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.store.MessageStore;
import org.apache.rocketmq.store.queue.CqUnit;

/** {@link Messages} of the embedded broker. */
final class EmbeddedMessages implements Messages {
    private static final long SEND_SECONDS = 10;

    private final MessageStore store;
    private final BrokerTables tables;
    private final StoredMessages stored;
    private final KeyIndex index;
    private final MessageLookup lookup;
    private final TopicReader reader;
    private final DeliveryStates states;
    private final Function<QueueMessage, CompletionStage<Appended>> append;

    EmbeddedMessages(
            MessageStore store,
            BrokerTables tables,
            StoredMessages stored,
            KeyIndex index,
            MessageLookup lookup,
            TopicReader reader,
            DeliveryStates states,
            Function<QueueMessage, CompletionStage<Appended>> append) {
        this.store = store;
        this.tables = tables;
        this.stored = stored;
        this.index = index;
        this.lookup = lookup;
        this.reader = reader;
        this.states = states;
        this.append = append;
    }

    @Override
    public Optional<StoredMessage> byId(String topic, String id) {
        tables.requireTopic(topic);
        return lookup.find(topic, id);
    }

    @Override
    public List<StoredMessage> byKey(String topic, String key) {
        tables.requireTopic(topic);
        if (key.isBlank()) {
            throw OperationException.invalid("key", "\"\"", "the key of a message");
        }
        return index.find(topic, key, message -> hasKey(message, key));
    }

    private static boolean hasKey(StoredMessage message, String key) {
        String keys = message.keys();
        return keys != null
                && Arrays.asList(keys.split(MessageConst.KEY_SEPARATOR)).contains(key);
    }

    @Override
    public Optional<StoredMessage> byOffset(String topic, int queueId, long queueOffset) {
        tables.requireTopic(topic);
        int queues = tables.queues(topic);
        if (queueId < 0 || queueId >= queues) {
            throw OperationException.invalid("queueId", queueId, "0.." + (queues - 1));
        }
        QueueIndex queue = QueueIndex.of(store, topic, queueId);
        CqUnit unit = queue == null ? null : queue.at(queueOffset);
        return unit == null ? Optional.empty() : stored.at(unit.getPos(), unit.getSize());
    }

    @Override
    public MessagePage byTime(String topic, long fromMillis, long toMillis, long cursor, int limit) {
        tables.requireTopic(topic);
        requirePage(fromMillis, toMillis, limit);
        return reader.page(topic, fromMillis, toMillis, cursor, limit);
    }

    static void requirePage(long fromMillis, long toMillis, int limit) {
        if (toMillis < fromMillis) {
            throw OperationException.invalid(
                    "to", Instant.ofEpochMilli(toMillis), "not before \"from\", " + Instant.ofEpochMilli(fromMillis));
        }
        if (limit < 1 || limit > MAX_PAGE) {
            throw OperationException.invalid("limit", limit, "1.." + MAX_PAGE);
        }
    }

    @Override
    public List<DeliveryState> deliveries(StoredMessage message) {
        return states.of(message);
    }

    @Override
    public MessageTrace trace(String topic, String messageId) {
        tables.requireTopic(topic);
        boolean inTopic = lookup.find(topic, messageId).isPresent();
        return new Traces(index).of(messageId, inTopic);
    }

    @Override
    public Appended send(TestMessage message) {
        tables.requireTopic(message.topic());
        try {
            return append.apply(new QueueMessage(
                            message.topic(),
                            message.shardingKey(),
                            message.tag(),
                            propertiesOf(message),
                            message.body()))
                    .toCompletableFuture()
                    .get(SEND_SECONDS, TimeUnit.SECONDS);
        } catch (IllegalArgumentException notStorable) {
            throw OperationException.invalid("key", "it", "a key without U+0001 and U+0002");
        } catch (ExecutionException refused) {
            throw new OperationException(Reason.UNAVAILABLE, "topic", sentence(refused));
        } catch (TimeoutException slow) {
            throw new OperationException(
                    Reason.UNAVAILABLE,
                    "topic",
                    "The log has not confirmed the message within " + SEND_SECONDS + " s.");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new OperationException(Reason.UNAVAILABLE, "topic", "The server is stopping.");
        }
    }

    private static MessageProperties propertiesOf(TestMessage message) {
        MessageProperties.Builder properties = MessageProperties.builder();
        String key = message.key();
        if (key != null) {
            properties.add(MessageConst.PROPERTY_KEYS, key);
        }
        TraceContext trace = message.trace();
        if (trace != null) {
            trace.addTo(properties);
        }
        return properties.build();
    }

    private static String sentence(ExecutionException refused) {
        Throwable cause = refused.getCause() == null ? refused : refused.getCause();
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
