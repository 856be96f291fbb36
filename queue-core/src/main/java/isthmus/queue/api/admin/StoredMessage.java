package isthmus.queue.api.admin;

import isthmus.queue.api.Body;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message with all that the log knows of it.
 *
 * @param messageId the unique id that its sender gave it; without one, its offset id
 * @param offsetId the id made of the broker's address and the position, 32 hex digits for IPv4
 * @param topic its topic
 * @param queueId the queue of the topic it is in
 * @param queueOffset its index in that queue
 * @param position where it stands in the log
 * @param size bytes it takes in the log
 * @param bornMillis when it was sent, by the sender's clock, milliseconds since the epoch
 * @param bornHost {@code address:port} of the sender
 * @param storedMillis when the log took it, milliseconds since the epoch
 * @param storeHost {@code address:port} of the broker
 * @param reconsumeTimes how often consuming it has failed
 * @param bodyCrc the checksum of the stored body
 * @param tag its tag, or null
 * @param keys its keys, separated by spaces, or null
 * @param properties all properties, RocketMQ's own included, in the order of their names
 * @param body the bytes as the sender gave them; empty when they are damaged
 */
public record StoredMessage(
        String messageId,
        String offsetId,
        String topic,
        int queueId,
        long queueOffset,
        long position,
        int size,
        long bornMillis,
        String bornHost,
        long storedMillis,
        String storeHost,
        int reconsumeTimes,
        int bodyCrc,
        @Nullable String tag,
        @Nullable String keys,
        Map<String, String> properties,
        Body body) {

    /** Without properties and keys, which belong to applications. */
    @Override
    public String toString() {
        return "StoredMessage[" + messageId + ", topic " + topic + ", queue " + queueId + ", offset " + queueOffset
                + "]";
    }
}
