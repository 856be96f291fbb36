package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.MessagePage;
import isthmus.queue.api.admin.StoredMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.apache.rocketmq.store.MessageStore;
import org.apache.rocketmq.store.queue.CqUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic page by page in the order of the log, by merging its queues. The cursor is a position of the log, so no
 * state is kept between pages. Any thread that may touch the disk.
 */
final class TopicReader {
    private static final int MAX_PAGE_BYTES = 8 << 20;

    private final MessageStore store;
    private final BrokerTables tables;
    private final StoredMessages messages;

    TopicReader(MessageStore store, BrokerTables tables, StoredMessages messages) {
        this.store = store;
        this.tables = tables;
        this.messages = messages;
    }

    /** @see isthmus.queue.api.admin.Messages#byTime */
    MessagePage page(String topic, long fromMillis, long toMillis, long cursor, int limit) {
        PriorityQueue<Head> heads = heads(topic, fromMillis, cursor);
        List<StoredMessage> page = new ArrayList<>();
        int bytes = 0;
        while (!heads.isEmpty() && page.size() < limit && bytes < MAX_PAGE_BYTES) {
            Head head = heads.remove();
            Optional<StoredMessage> message = messages.at(head.unit.getPos(), head.unit.getSize());
            if (message.isPresent() && message.get().storedMillis() > toMillis) {
                // So are all later ones of this queue.
                continue;
            }
            if (message.isPresent()) {
                page.add(message.get());
                bytes += message.get().body().length();
            }
            add(heads, head.queue, head.offset + 1);
        }
        return new MessagePage(page, next(heads.peek(), toMillis));
    }

    /** Looks one message ahead, so that a full last page is the last. */
    private OptionalLong next(@Nullable Head head, long toMillis) {
        if (head == null || head.queue.storedMillis(head.offset) > toMillis) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(head.unit.getPos());
    }

    private PriorityQueue<Head> heads(String topic, long fromMillis, long cursor) {
        PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparingLong(head -> head.unit.getPos()));
        for (int queueId = 0; queueId < tables.queues(topic); queueId++) {
            QueueIndex queue = QueueIndex.of(store, topic, queueId);
            if (queue != null) {
                add(heads, queue, cursor < 0 ? queue.atTime(fromMillis) : queue.atPosition(cursor));
            }
        }
        return heads;
    }

    private static void add(PriorityQueue<Head> heads, QueueIndex queue, long offset) {
        CqUnit unit = queue.at(offset);
        if (unit != null) {
            heads.add(new Head(queue, offset, unit));
        }
    }

    /** The next message of one queue. */
    private record Head(QueueIndex queue, long offset, CqUnit unit) {}
}
