package isthmus.queue.embedded.admin;

import org.apache.rocketmq.broker.offset.ConsumerOffsetManager;
import org.apache.rocketmq.store.MessageStore;

/**
 * How far a route has come: the progress of a consumer group of its own, which the broker keeps and writes down every few
 * seconds and when it stops. Used by one thread at a time.
 */
final class RoutePosition {
    /** Such groups are not listed among those of users. */
    static final String GROUP_PREFIX = "isthmus-route_";

    private static final String WHO = "route";

    private final ConsumerOffsetManager offsets;
    private final String group;
    private final String topic;

    RoutePosition(ConsumerOffsetManager offsets, String route, String topic) {
        this.offsets = offsets;
        this.group = GROUP_PREFIX + route;
        this.topic = topic;
    }

    /** The next message to copy. Without a position, all that is there: it was removed with what retention took. */
    long next(QueueIndex queue) {
        return Math.max(queue.first(), offsets.queryOffset(group, topic, queue.queueId()));
    }

    /** Messages that retention removed before they were copied. */
    long lost(QueueIndex queue) {
        long next = offsets.queryOffset(group, topic, queue.queueId());
        return next < 0 ? 0 : Math.max(0, queue.first() - next);
    }

    /** Everything before this message was copied, or is not to be. */
    void passed(int queueId, long next) {
        offsets.commitOffset(WHO, group, topic, queueId, next);
    }

    /** Begins after everything that is in the topic now. */
    void beginAtEnd(MessageStore store, int queues) {
        for (int queueId = 0; queueId < queues; queueId++) {
            QueueIndex queue = QueueIndex.of(store, topic, queueId);
            passed(queueId, queue == null ? 0 : queue.end());
        }
        offsets.persist();
    }

    /** After a power loss the log may have lost its tail: what comes in its place is to be copied. */
    void clamp(MessageStore store, int queues) {
        for (int queueId = 0; queueId < queues; queueId++) {
            QueueIndex queue = QueueIndex.of(store, topic, queueId);
            long end = queue == null ? 0 : queue.end();
            if (offsets.queryOffset(group, topic, queueId) > end) {
                passed(queueId, end);
            }
        }
    }

    void forget() {
        offsets.removeOffset(group);
        offsets.persist();
    }
}
