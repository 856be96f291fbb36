package isthmus.queue.embedded.admin;

import org.apache.rocketmq.common.BoundaryType;
import org.apache.rocketmq.store.MessageStore;
import org.apache.rocketmq.store.queue.ConsumeQueueInterface;
import org.apache.rocketmq.store.queue.CqUnit;
import org.jspecify.annotations.Nullable;

/** One queue of a topic: where its messages stand in the log. Any thread that may touch the disk. */
final class QueueIndex {
    private final MessageStore store;
    private final ConsumeQueueInterface queue;

    private QueueIndex(MessageStore store, ConsumeQueueInterface queue) {
        this.store = store;
        this.queue = queue;
    }

    /** Null when nothing was ever put into the queue. Unlike RocketMQ's own look-ups this one makes no files. */
    static @Nullable QueueIndex of(MessageStore store, String topic, int queueId) {
        ConsumeQueueInterface queue = store.getConsumeQueue(topic, queueId);
        return queue == null ? null : new QueueIndex(store, queue);
    }

    int queueId() {
        return queue.getQueueId();
    }

    /** The index of the oldest message. */
    long first() {
        return queue.getMinOffsetInQueue();
    }

    /** The index after the newest message. */
    long end() {
        return queue.getMaxOffsetInQueue();
    }

    /** The place of a message, or null when it is gone or not there yet. */
    @Nullable
    CqUnit at(long offset) {
        return offset < first() || offset >= end() ? null : queue.get(offset);
    }

    /** The index of the first message stored at a time or later; {@link #end} when there is none. */
    long atTime(long millis) {
        return store.getOffsetInQueueByTime(queue.getTopic(), queue.getQueueId(), millis, BoundaryType.LOWER);
    }

    /** The index of the first message that stands at a position of the log or later; {@link #end} when there is none. */
    long atPosition(long position) {
        long low = first();
        long high = end();
        while (low < high) {
            long middle = (low + high) >>> 1;
            CqUnit unit = queue.get(middle);
            if (unit == null || unit.getPos() < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** When a message was stored, milliseconds since the epoch; 0 when it is not there. */
    long storedMillis(long offset) {
        return at(offset) == null
                ? 0
                : Math.max(0, store.getMessageStoreTimeStamp(queue.getTopic(), queue.getQueueId(), offset));
    }
}
