package isthmus.queue.embedded;

/**
 * What a start had to do about the log.
 *
 * @param afterKill whether the last stop was none, but a kill or a loss of power
 * @param messages in the log now, those of RocketMQ itself included
 * @param checked messages that were read again, their checksums compared, and given to consume queues and indexes again
 */
public record LogRecovery(boolean afterKill, long messages, long checked) {}
