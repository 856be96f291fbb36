package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.OperationException;
import isthmus.queue.api.admin.OperationException.Reason;
import isthmus.queue.api.admin.StoredMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.store.MessageStore;
import org.apache.rocketmq.store.PutMessageResult;

/**
 * Puts a dead letter into its group's retry topic, as the first retry of a fresh message: the group gets it, nobody else
 * does, and it may fail as often as any other. Any thread that may wait for the disk.
 */
final class LetterResend {
    /** What RocketMQ noted on the way to the dead letters, and would be wrong on the way back. */
    private static final List<String> DROPPED = List.of(
            MessageConst.PROPERTY_DELAY_TIME_LEVEL,
            MessageConst.PROPERTY_REAL_TOPIC,
            MessageConst.PROPERTY_REAL_QUEUE_ID,
            MessageConst.PROPERTY_RECONSUME_TIME,
            MessageConst.PROPERTY_MAX_OFFSET,
            MessageConst.PROPERTY_MIN_OFFSET,
            MessageConst.PROPERTY_CONSUME_START_TIMESTAMP);

    private final MessageStore store;
    private final StoredMessages stored;

    LetterResend(MessageStore store, StoredMessages stored) {
        this.store = store;
        this.stored = stored;
    }

    void resend(String group, StoredMessage letter) {
        MessageExt raw = stored.raw(letter.position(), letter.size());
        if (raw == null) {
            throw Refusals.noMessage(letter.topic(), letter.messageId());
        }
        PutMessageResult result = store.putMessage(retry(group, raw));
        if (!result.isOk()) {
            throw new OperationException(
                    Reason.UNAVAILABLE,
                    "group",
                    "The log did not take the dead letter " + letter.messageId() + " of group " + group + " ("
                            + result.getPutMessageStatus() + "); it was not resent.");
        }
    }

    private MessageExtBrokerInner retry(String group, MessageExt raw) {
        Map<String, String> properties = new HashMap<>(raw.getProperties());
        DROPPED.forEach(properties::remove);
        MessageExtBrokerInner retry = new MessageExtBrokerInner();
        retry.setTopic(MixAll.getRetryTopic(group));
        retry.setQueueId(0);
        retry.setBody(raw.getBody());
        retry.setFlag(raw.getFlag());
        retry.setSysFlag(raw.getSysFlag());
        MessageAccessor.setProperties(retry, properties);
        retry.setPropertiesString(MessageDecoder.messageProperties2String(properties));
        retry.setTagsCode(MessageExtBrokerInner.tagsString2tagsCode(null, raw.getTags()));
        retry.setBornTimestamp(raw.getBornTimestamp());
        retry.setBornHost(raw.getBornHost());
        retry.setStoreHost(raw.getStoreHost());
        retry.setReconsumeTimes(0);
        return retry;
    }
}
