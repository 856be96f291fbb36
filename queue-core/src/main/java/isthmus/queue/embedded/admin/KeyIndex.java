package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.StoredMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
    private static final int MAX_MESSAGES = 64;
    private static final int MAX_BYTES = 16 << 20;

    private final MessageStore store;
    private final StoredMessages messages;

    KeyIndex(MessageStore store, StoredMessages messages) {
        this.store = store;
        this.messages = messages;
    }

    /**
     * Messages of a topic with this key or unique id that pass the test, newest first. At most 64 are looked at, and none
     * after those that have 16 MiB in all.
     */
    List<StoredMessage> find(String topic, String key, Predicate<StoredMessage> wanted) {
        List<StoredMessage> found = new ArrayList<>();
        QueryMessageResult result = store.queryMessage(topic, key, MAX_MESSAGES, 0, Long.MAX_VALUE);
        if (result == null) {
            return found;
        }
        try {
            List<SelectMappedBufferResult> newestFirst = new ArrayList<>(result.getMessageMapedList());
            newestFirst.sort(Comparator.comparingLong(SelectMappedBufferResult::getStartOffset)
                    .reversed());
            int bytes = 0;
            for (SelectMappedBufferResult slice : newestFirst) {
                bytes += slice.getSize();
                if (bytes > MAX_BYTES && !found.isEmpty()) {
                    break;
                }
                message(slice, topic).filter(wanted).ifPresent(found::add);
            }
        } finally {
            result.release();
        }
        return found;
    }

    private Optional<StoredMessage> message(SelectMappedBufferResult slice, String topic) {
        MessageExt raw = MessageDecoder.decode(slice.getByteBuffer(), true, false);
        return raw == null || !raw.getTopic().equals(topic) ? Optional.empty() : Optional.of(messages.message(raw));
    }
}
