package isthmus.queue.embedded;

import isthmus.queue.api.MessageProperties;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.common.topic.TopicValidator;
import org.apache.rocketmq.store.CommitLog;
import org.apache.rocketmq.store.DefaultMessageStore;
import org.apache.rocketmq.store.DispatchRequest;
import org.apache.rocketmq.store.MessageStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RocketMQ's commit log, whose records are read more cheaply when they are dispatched to the consume queues: without a buffer
 * of the record's size and without a map of all its properties, which were two fifths of what a message allocates. The few
 * properties that the dispatch asks for are looked up in their stored form ({@link StoredProperties}). Whatever is not an
 * ordinary record is left to RocketMQ, and so is everything that is read at a start, with checks. Where records are copied to,
 * its file is written beforehand ({@link PagesAhead}).
 */
final class LeanCommitLog extends CommitLog {
    private static final Logger LOG = LoggerFactory.getLogger(LeanCommitLog.class);
    /** The dispatcher's thread only: nobody else reads without checks. */
    private final RecordDecoder decoder = new RecordDecoder();

    private final PagesAhead ahead;

    private LeanCommitLog(DefaultMessageStore store) {
        super(store);
        this.ahead = PagesAhead.install(this, store.getMessageStoreConfig());
    }

    /**
     * Puts this in the place of the store's own, which has done nothing yet.
     *
     * @param store a store that is not loaded yet
     * @throws IllegalStateException if this is not the RocketMQ that this class was written for
     */
    static void install(MessageStore store) {
        try {
            Field field = DefaultMessageStore.class.getDeclaredField("commitLog");
            field.setAccessible(true);
            field.set(store, new LeanCommitLog((DefaultMessageStore) store));
        } catch (ReflectiveOperationException | ClassCastException other) {
            throw new IllegalStateException("this version of RocketMQ's store has another commit log", other);
        }
    }

    @Override
    public void shutdown() {
        super.shutdown();
        try {
            ahead.close();
        } catch (IOException e) {
            LOG.warn("The log's file was not closed", e);
        }
    }

    @Override
    public DispatchRequest checkMessageAndReturnSize(
            ByteBuffer log, boolean checkCrc, boolean checkDuplication, boolean readBody) {
        if (!checkCrc && !checkDuplication && !readBody) {
            DispatchRequest request = dispatchRequest(log, log.position());
            if (request != null) {
                log.position(log.position() + request.getMsgSize());
                return request;
            }
        }
        return super.checkMessageAndReturnSize(log, checkCrc, checkDuplication, readBody);
    }

    /** Null for what is left to RocketMQ: the end of a file, records without properties, delayed, of a batch, or damaged. */
    private @Nullable DispatchRequest dispatchRequest(ByteBuffer log, int at) {
        if (!RecordDecoder.isRecord(log, at)) {
            return null;
        }
        RecordDecoder.Envelope envelope = envelope(log, at);
        if (envelope == null || envelope.topic().equals(TopicValidator.RMQ_SYS_SCHEDULE_TOPIC)) {
            return null;
        }
        MessageProperties properties = envelope.properties();
        if (properties.get(MessageConst.PROPERTY_INNER_NUM) != null) {
            return null;
        }
        String tags = properties.get(MessageConst.PROPERTY_TAGS);
        return new DispatchRequest(
                envelope.topic(),
                envelope.queueId(),
                envelope.position(),
                envelope.size(),
                tags == null || tags.isEmpty()
                        ? 0
                        : MessageExtBrokerInner.tagsString2tagsCode(
                                MessageExt.parseTopicFilterType(envelope.sysFlag()), tags),
                envelope.storedMillis(),
                envelope.queueOffset(),
                properties.get(MessageConst.PROPERTY_KEYS),
                properties.get(MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX),
                envelope.sysFlag(),
                envelope.preparedOffset(),
                new StoredProperties(properties));
    }

    private RecordDecoder.@Nullable Envelope envelope(ByteBuffer log, int at) {
        try {
            return decoder.envelope(log, at);
        } catch (IndexOutOfBoundsException damaged) {
            return null;
        }
    }
}
