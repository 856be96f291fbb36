package isthmus.gateway.spi;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the state of sessions survives: subscriptions, cursors, Packet Identifiers, the backlog index and retained
 * messages. What was written survives the death of the process.
 */
public interface SessionStore extends AutoCloseable {
    /** All stored sessions. Blocks; called once at start. */
    List<StoredSession> sessions();

    /** The filters that have a number in the backlog index. Blocks; called once at start. */
    Map<String, Integer> filters();

    /** Calls back with the topic of each retained message. Blocks; called once at start. */
    void retainedTopics(Consumer<String> topic);

    /** The position of the last {@link StoreChange.FeedMoved}, or -1. */
    long feedPosition();

    /**
     * After the log lost its tail (power loss): removes all index entries at or past {@code end} and moves cursors and
     * the feed position back to it. Blocks; called before the feed starts.
     */
    void clampTo(long end);

    /**
     * Writes the changes together, in the order of the calls, soon. Never blocks; any thread. The stage completes on the
     * store's thread when a death of the process can no longer undo them.
     */
    CompletionStage<Void> write(List<StoreChange> changes);

    /**
     * The same for changes that nobody waits for: a death of the process within the next milliseconds may undo the last of
     * them, but none without those after it. When it fails, the store says so in the log.
     */
    void writeSoon(List<StoreChange> changes);

    /** The same at once, in the calling thread, which it blocks for microseconds. For the feed thread. */
    void writeNow(List<StoreChange> changes);

    /** Index entries of one filter after a position, in order. Blocks; reader threads only. */
    IndexEntries index(int filterId, long after);

    /** The retained messages as they are now. Takes microseconds; the caller closes the view. */
    RetainedView retained();

    /**
     * Connections whose end the log does not tell, in a fixed order. Blocks; called at the start.
     *
     * @param after resume after this one; null to begin
     * @param limit at most this many
     */
    List<OpenConnection> openConnections(@Nullable OpenConnection after, int limit);

    /** Wills that were kept and not published, in the same way. */
    List<KeptWill> wills(@Nullable KeptWill after, int limit);

    /** The last {@link StoreChange.EventIndexMoved}, or 0. */
    long eventIndex();

    /** Named records that are not the gateway's, such as accounts and topics, by kind. Blocks. */
    Map<String, Payload> records(String kind);

    /** Writes records that survive power loss too, and removes some, all together or not at all. Blocks. */
    void changeRecords(List<RecordChange> changes);

    /** Writes one record that survives power loss too. Blocks. */
    default void putRecord(String kind, String name, Payload value) {
        changeRecords(List.of(new RecordChange(kind, name, value)));
    }

    /** Removes a record. Blocks. */
    default void removeRecord(String kind, String name) {
        changeRecords(List.of(new RecordChange(kind, name, null)));
    }

    /** Writes what is waiting, then closes. */
    @Override
    void close();

    /** A named record as it is to be; null when it is to go. */
    record RecordChange(String kind, String name, @Nullable Payload value) {}

    /** A walk over index entries. */
    interface IndexEntries extends AutoCloseable {
        /** The next position, or -1 at the end. */
        long next();

        @Override
        void close();
    }

    /** A consistent view of the retained messages. Reading blocks: reader threads only. */
    interface RetainedView extends AutoCloseable {
        /**
         * The retained messages that a Topic Filter matches, in the order of their topics.
         *
         * @param after resume after this topic; empty to begin
         * @param limit at most this many
         */
        List<LoggedMessage> find(String filter, String after, int limit);

        @Override
        void close();
    }
}
