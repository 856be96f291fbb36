package isthmus.queue.api;

/**
 * Where a message was stored.
 *
 * @param position its position in the log
 * @param messageId its unique id, the one that RocketMQ clients see
 */
public record Appended(long position, String messageId) {}
