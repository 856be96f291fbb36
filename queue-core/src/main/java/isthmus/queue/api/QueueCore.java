package isthmus.queue.api;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The durable log of messages that both sides share. A message is one record; a record has a position, and positions
 * grow strictly in log order. A position is opaque but for that order and is never reused.
 *
 * <p>All methods may be called from any thread. Those that read ({@link #read}, {@link #scan}) may touch the disk and
 * do not belong on an event loop or on the feed thread.
 */
public interface QueueCore extends AutoCloseable {
    /**
     * Appends one message. Does not wait for the disk: the stage completes when the message is stored as the flush
     * mode asks (written to the log with {@code async}, on the disk with {@code sync}); it is often complete on return.
     * It fails with an {@link AppendException} when the message was not stored or may not have been; then nothing may be
     * acknowledged. Messages of one topic and sharding key appended by one thread keep their order.
     */
    CompletionStage<Appended> append(QueueMessage message);

    /** Whether messages are taken now: not when the disk is full, when it has failed, or when the log is shut down. */
    boolean takesMessages();

    /**
     * Opens the live feed: one thread that hands every record of the watched topics to the handler, once, in log order.
     * There is at most one feed at a time. It waits where it is until {@link LogFeed#watch} names the topics.
     *
     * @param from the position of the first record to look at, or a position past {@link #endPosition()}, which means
     *     the log lost its tail (power loss): then the feed starts at the end
     */
    LogFeed openFeed(long from, FeedHandler handler);

    /** The record at a position, or empty when retention has removed it. Fails on a position that is no record's. */
    Optional<LogRecord> read(long position);

    /**
     * Reads on from a position, in log order, looking at no more than {@code maxBytes} of log, but at one record at
     * least, however large it is.
     *
     * @param topics the topics whose records are visited; others are passed over
     * @return the position after the last record looked at; equal to {@code to} when the range was finished
     */
    long scan(long from, long to, Set<String> topics, int maxBytes, Consumer<LogRecord> visitor);

    /** The position of the oldest record still in the log; 0 when it never had one. */
    long firstPosition();

    /** The position after the newest record that is stored as the flush mode asks. */
    long endPosition();

    /**
     * Creates a topic if it is missing and makes it known to clients at once.
     *
     * @throws IllegalArgumentException when the name breaks the rule of {@link Names#requireTopic}
     */
    void createTopic(String topic);

    /** Creates a topic, or changes its kind and permissions, effective at once. */
    void putTopic(QueueTopic topic);

    /** Removes a topic, if it is there; its messages stay in the log until retention removes them, and nobody finds them. */
    void removeTopic(String topic);

    /** All topics that users created, without the queue core's own ones. */
    Set<String> topics();

    /** Creates a consumer group if it is missing, with its retry topic, so that the first retry is not delayed. */
    void createGroup(String group);

    /** Removes a consumer group, if it is there, with what it has consumed so far. */
    void removeGroup(String group);

    /** The AccessKeys of all accounts, without the queue core's own ones. */
    Set<String> accounts();

    /** Creates an account or replaces its secret key and permissions, effective at once. */
    void putAccount(QueueAccount account);

    /** Removes an account, if it is there; its clients are refused from then on. */
    void removeAccount(String accessKey);

    /** Where RocketMQ clients connect: {@code host:port} of the name server. */
    String nameServerAddress();

    /** Stops the feed, then the log. Blocks until both are down; nothing that was acknowledged is lost. */
    @Override
    void close();
}
