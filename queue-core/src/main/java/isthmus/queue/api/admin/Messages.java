package isthmus.queue.api.admin;

import isthmus.queue.api.Appended;
import java.util.List;
import java.util.Optional;

/**
 * Looking for messages. Delayed messages that are not due and transactions that are not committed are not found: they are
 * not in their topic yet.
 */
public interface Messages {
    /** The most messages that {@link #byKey} returns. */
    int MAX_BY_KEY = 64;
    /** The most messages on one page. A page ends earlier when its bodies have more than 8 MiB. */
    int MAX_PAGE = 500;

    /** @param id an offset id, or the unique id that a client got when it sent the message */
    Optional<StoredMessage> byId(String topic, String id);

    /** The newest messages with a key, at most {@value #MAX_BY_KEY} and about 16 MiB of them, newest first. */
    List<StoredMessage> byKey(String topic, String key);

    /** The message at an index of a queue; empty when there is none yet, or retention has removed it. */
    Optional<StoredMessage> byOffset(String topic, int queueId, long queueOffset);

    /**
     * The messages stored in a period, both ends included, milliseconds since the epoch.
     *
     * @param cursor {@link MessagePage#FIRST}, or what the page before said comes next
     * @param limit 1 to {@value #MAX_PAGE}
     */
    MessagePage byTime(String topic, long fromMillis, long toMillis, long cursor, int limit);

    /** What became of a message in each consumer group that has to do with its topic, by the name of the group. */
    List<DeliveryState> deliveries(StoredMessage message);

    /**
     * What clients that trace have told of a message. Clients send traces some seconds late, or never.
     *
     * @param topic the topic the message was sent to, by which a delayed one is told from one that is there
     */
    MessageTrace trace(String topic, String messageId);

    /** Sends a message to see whether a topic works. Waits for the log. */
    Appended send(TestMessage message);
}
