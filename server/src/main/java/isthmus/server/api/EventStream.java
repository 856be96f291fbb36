package isthmus.server.api;

/** What goes to one reader of a live stream (server-sent events). Any thread. */
public interface EventStream {
    /**
     * Sends an event; never waits. Dropped when the reader is too slow or gone.
     *
     * @param value a record
     * @return false if it was dropped
     */
    boolean send(String event, Record value);

    /** Nothing more comes. */
    void end();

    /** Runs once when the stream is over, for whatever reason; at once when it is over already. */
    void onEnd(Runnable action);
}
