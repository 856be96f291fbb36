package isthmus.queue.api;

import java.util.List;

/** What the live feed calls, always on the feed thread. Must not block; must not keep the list. */
public interface FeedHandler {
    /**
     * The next records, in log order.
     *
     * @param records at most a few hundred; empty when everything that was looked at belonged to topics not watched
     * @param next the position after the last record looked at, from which a later feed would resume
     */
    void onRecords(List<LogRecord> records, long next);

    /** Records between two positions were removed by retention before they were read: they are lost to the feed. */
    void onGap(long from, long to);

    /** The feed cannot go on: the log is unreadable at a position. The feed has stopped. */
    void onFailure(Throwable cause);
}
