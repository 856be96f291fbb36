package isthmus.queue.api;

/**
 * One record of the log.
 *
 * @param position where it stands; the next record's position is larger
 * @param size bytes it takes in the log
 * @param topic its topic
 * @param queueId the queue of the topic it is in
 * @param queueOffset its index in that queue
 * @param bornMillis when the sender made it, milliseconds since the epoch
 * @param storedMillis when the log took it, milliseconds since the epoch
 * @param properties all properties, RocketMQ's own included ({@code TAGS}, {@code KEYS}, {@code UNIQ_KEY})
 * @param body the bytes as the sender gave them (already decompressed)
 */
public record LogRecord(
        long position,
        int size,
        String topic,
        int queueId,
        long queueOffset,
        long bornMillis,
        long storedMillis,
        MessageProperties properties,
        Body body) {}
