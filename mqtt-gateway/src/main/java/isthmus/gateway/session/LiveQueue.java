package isthmus.gateway.session;

import isthmus.gateway.spi.QoS;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The short queue between the feed and a Client that does not take messages as fast as they come. When it is full the
 * session has fallen behind: from then on it reads from the log, where its place is a number. Owner thread only.
 */
final class LiveQueue {
    /** So many bytes of payload and topic may wait, whatever their number. */
    private static final long MOST_BYTES = 1 << 20;

    private final int limit;
    private final Queue<Outgoing> queue = new ArrayDeque<>();
    private long bytes;
    /** Everything for the session up to and including this position is in the queue, was sent, or did not match. */
    private long queuedUpTo;
    /** Where the log is to be read from when the session is behind: a record begins here, none before it is missing. */
    private long resumeAt;
    /** Whether messages are missing here that the log has. */
    private boolean behind;
    /** Whether the first reading is under way for a session that began behind. */
    private boolean catchingUpFirst;
    /** The newest position that was not taken since then, or -1. */
    private long missed = -1;

    /** @param limit most messages that wait */
    LiveQueue(int limit) {
        this.limit = limit;
    }

    /** The session has everything up to and including {@code position}, after which a record begins. */
    void startAt(long position) {
        queuedUpTo = position;
        resumeAt = position + 1;
    }

    /**
     * The session has to read what follows {@code position} before it may take from the feed. Until it has done so once,
     * QoS 0 messages wait: it is not the Client that is slow.
     */
    void startBehind(long position) {
        queuedUpTo = position;
        behind = true;
        catchingUpFirst = true;
    }

    boolean isBehind() {
        return behind;
    }

    long queuedUpTo() {
        return queuedUpTo;
    }

    long resumeAt() {
        return resumeAt;
    }

    /** The log was read to its end, up to {@code position}, after which a record begins. */
    void caughtUp(long position) {
        if (position > queuedUpTo) {
            startAt(position);
        }
        behind = missed > queuedUpTo;
        catchingUpFirst = false;
    }

    /**
     * Takes a message from the feed, or notes that it has to be read from the log.
     *
     * @return false if it was dropped, which happens to QoS 0 messages only
     */
    boolean offer(Outgoing outgoing, long position) {
        if (outgoing.qos() == QoS.AT_MOST_ONCE) {
            return (!behind || catchingUpFirst) && hasRoom() && enqueue(outgoing);
        }
        if (position <= queuedUpTo) {
            return true;
        }
        if (!behind && hasRoom()) {
            queuedUpTo = position;
            return enqueue(outgoing);
        }
        if (!behind) {
            behind = true;
            resumeAt = position;
        }
        missed = Math.max(missed, position);
        return true;
    }

    /** Messages between these positions, both included, were not offered: they have to be read from the log. */
    void missed(long first, long last) {
        if (last <= queuedUpTo) {
            return;
        }
        if (!behind) {
            behind = true;
            resumeAt = first;
        }
        missed = Math.max(missed, last);
    }

    private boolean hasRoom() {
        return queue.size() < limit && bytes < MOST_BYTES;
    }

    private boolean enqueue(Outgoing outgoing) {
        bytes += outgoing.bytes();
        return queue.add(outgoing);
    }

    int size() {
        return queue.size();
    }

    long bytes() {
        return bytes;
    }

    @Nullable
    Outgoing peek() {
        return queue.peek();
    }

    void remove() {
        bytes -= queue.remove().bytes();
    }

    void clear() {
        queue.clear();
        bytes = 0;
    }
}
