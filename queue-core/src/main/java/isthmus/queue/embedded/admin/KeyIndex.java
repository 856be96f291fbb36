package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.StoredMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.store.MessageStore;
import org.apache.rocketmq.store.QueryMessageResult;
import org.apache.rocketmq.store.SelectMappedBufferResult;

/**
 * RocketMQ's index of message keys and unique ids. It knows only a hash of them, so what it finds is compared again. Any
 * thread that may touch the disk.
 */
final class KeyIndex {
    private final MessageStore store;
    private final StoredMessages messages;

    KeyIndex(MessageStore store, StoredMessages messages) {
        this.store = store;
        this.messages = messages;
    }

    /** Messages of a topic with this key or unique id that pass the test, newest first; at most 64 are looked at. */
    List<StoredMessage> find(String topic, String key, Predicate<StoredMessage> wanted) {
        List<StoredMessage> found = new ArrayList<>();
        QueryMessageResult result = store.queryMessage(topic, key, 64, 0, Long.MAX_VALUE);
        if (result == null) {
            return found;
        }
        try {
            for (SelectMappedBufferResult slice : result.getMessageMapedList()) {
                MessageExt raw = MessageDecoder.decode(slice.getByteBuffer(), true, false);
                if (raw != null && raw.getTopic().equals(topic)) {
                    StoredMessage message = messages.message(raw);
                    if (wanted.test(message)) {
                        found.add(message);
                    }
                }
            }
        } finally {
            result.release();
        }
        found.sort(Comparator.comparingLong(StoredMessage::position).reversed());
        return found;
    }
}
