package isthmus.server.management;

import isthmus.queue.api.admin.MessagePage;
import isthmus.queue.api.admin.StoredMessage;
import isthmus.server.api.Page;
import isthmus.server.api.Problem;
import isthmus.server.operations.QueueMessageOperations.MessageDetail;
import isthmus.server.operations.QueueMessageOperations.MessageLine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Messages, periods and cursors of the queue core as the API shows them. */
final class QueuePages {
    private QueuePages() {}

    static long from(@Nullable Instant from) {
        return from == null ? 0 : millis("from", from);
    }

    static long to(@Nullable Instant to) {
        return to == null ? Long.MAX_VALUE : millis("to", to);
    }

    /** Instants reach farther than milliseconds do. */
    static long millis(String field, Instant instant) {
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException far) {
            throw Problem.invalid(field, instant + " (expected: an instant of this age)");
        }
    }

    static long cursor(@Nullable String cursor) {
        return Math.max(MessagePage.FIRST, Page.number(cursor, MessagePage.FIRST));
    }

    static Page<MessageLine> page(MessagePage page) {
        return new Page<>(
                page.messages().stream().map(QueuePages::line).toList(),
                page.next().isPresent() ? Page.cursor(Long.toString(page.next().getAsLong())) : null);
    }

    static MessageLine line(StoredMessage message) {
        return new MessageLine(
                message.messageId(),
                message.queueId(),
                message.queueOffset(),
                Instant.ofEpochMilli(message.storedMillis()),
                message.tag(),
                message.keys(),
                message.reconsumeTimes(),
                message.body().length());
    }

    static MessageDetail detail(StoredMessage message) {
        return new MessageDetail(
                message.messageId(),
                message.offsetId(),
                message.topic(),
                message.queueId(),
                message.queueOffset(),
                message.position(),
                message.size(),
                Instant.ofEpochMilli(message.bornMillis()),
                message.bornHost(),
                Instant.ofEpochMilli(message.storedMillis()),
                message.storeHost(),
                message.reconsumeTimes(),
                message.bodyCrc(),
                message.tag(),
                message.keys(),
                message.body().length(),
                message.properties());
    }
}
