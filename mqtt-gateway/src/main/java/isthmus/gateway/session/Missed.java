package isthmus.gateway.session;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A range of the log of which the feed did not tell a session message by message, because the session had not taken what
 * it was told before. The feed thread extends it; the owner thread takes it, once.
 */
final class Missed {
    private static final long TAKEN = -1;

    private final long first;
    private final AtomicLong last;

    Missed(long position) {
        this.first = position;
        this.last = new AtomicLong(position);
    }

    /** Adds a message; false if the session has taken the range meanwhile. Feed thread. */
    boolean extend(long position) {
        return last.getAndUpdate(before -> before == TAKEN ? TAKEN : position) != TAKEN;
    }

    long first() {
        return first;
    }

    /** The last position; from now on the range does not grow. Owner thread. */
    long take() {
        return last.getAndSet(TAKEN);
    }
}
