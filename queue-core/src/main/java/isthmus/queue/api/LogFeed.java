package isthmus.queue.api;

import java.util.Set;

/** The running live feed. May be called from any thread. */
public interface LogFeed extends AutoCloseable {
    /**
     * Replaces the topics whose records are handed to the handler. Holds for every record not yet handed over. The feed
     * reads nothing before the first call, so that none of the records it starts with is passed over.
     */
    void watch(Set<String> topics);

    /**
     * Runs a task on the feed thread, after the handler has been given every record that was in the log when this
     * method was called, and before it is given any that is appended later. Tasks run in the order of the calls. A task
     * must not block. A task that throws is logged and does not stop the feed; tasks whose turn has not come when the
     * feed stops are not run.
     */
    void execute(Runnable task);

    /** The position after the last record that the handler was given or that was passed over. */
    long position();

    /** Stops the feed thread after the batch it is in, and waits for it. */
    @Override
    void close();
}
