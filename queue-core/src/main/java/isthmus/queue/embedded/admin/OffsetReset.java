package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.Groups.QueueReset;
import isthmus.queue.api.admin.Groups.TimeSpan;
import isthmus.queue.api.admin.OperationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.offset.ConsumerOffsetManager;
import org.apache.rocketmq.store.MessageStore;

/**
 * Moves groups. The new progress is kept by the broker, which hands it to whoever pulls next and refuses confirmations of
 * the old one until then; so it works for groups that are offline, too. Any thread that may touch the disk.
 */
final class OffsetReset {
    private final BrokerController broker;
    private final MessageStore store;
    private final BrokerTables tables;

    OffsetReset(BrokerController broker, BrokerTables tables) {
        this.broker = broker;
        this.store = broker.getMessageStore();
        this.tables = tables;
    }

    /** @see isthmus.queue.api.admin.Groups#resettable */
    TimeSpan resettable(String topic) {
        long oldest = Long.MAX_VALUE;
        long newest = 0;
        for (int queueId = 0; queueId < tables.queues(topic); queueId++) {
            QueueIndex queue = QueueIndex.of(store, topic, queueId);
            if (queue != null && queue.first() < queue.end()) {
                oldest = Math.min(oldest, queue.storedMillis(queue.first()));
                newest = Math.max(newest, queue.storedMillis(queue.end() - 1));
            }
        }
        return newest == 0 ? new TimeSpan(0, 0) : new TimeSpan(oldest, newest);
    }

    List<QueueReset> toLatest(String group, String topic) {
        return move(group, topic, QueueIndex::end);
    }

    List<QueueReset> toTime(String group, String topic, long millis) {
        TimeSpan span = resettable(topic);
        if (millis < span.oldestMillis() || millis > span.newestMillis()) {
            throw OperationException.invalid(
                    "time",
                    Instant.ofEpochMilli(millis),
                    "between the oldest and the newest message of the topic, "
                            + Instant.ofEpochMilli(span.oldestMillis()) + " to "
                            + Instant.ofEpochMilli(span.newestMillis()));
        }
        return move(group, topic, queue -> queue.atTime(millis));
    }

    private List<QueueReset> move(String group, String topic, ToLongFunction<QueueIndex> target) {
        ConsumerOffsetManager offsets = broker.getConsumerOffsetManager();
        List<QueueReset> moved = new ArrayList<>();
        for (int queueId = 0; queueId < tables.queues(topic); queueId++) {
            QueueIndex queue = QueueIndex.of(store, topic, queueId);
            long before = offsets.queryOffset(group, topic, queueId);
            long after = queue == null ? 0 : target.applyAsLong(queue);
            offsets.assignResetOffset(topic, group, queueId, after);
            moved.add(new QueueReset(
                    queueId, queue == null ? 0 : queue.first(), queue == null ? 0 : queue.end(), before, after));
        }
        offsets.persist();
        for (QueueReset queue : moved) {
            // A consumer that waits for the next message would learn of it only when that comes.
            broker.getPullRequestHoldService().notifyMessageArriving(topic, queue.queueId(), Long.MAX_VALUE);
        }
        return moved;
    }
}
