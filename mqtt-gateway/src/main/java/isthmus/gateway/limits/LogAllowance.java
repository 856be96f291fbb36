package isthmus.gateway.limits;

import java.util.concurrent.atomic.AtomicLong;

/**
 * So many lines of one kind may be logged until the allowance is renewed: who is refused again and again does not fill the
 * disk. Any thread.
 */
final class LogAllowance {
    private final long lines;
    private final AtomicLong asked = new AtomicLong();

    LogAllowance(long lines) {
        this.lines = lines;
    }

    /** Whether one more line may be logged. */
    boolean take() {
        return asked.incrementAndGet() <= lines;
    }

    /** Begins anew, and returns how many lines were not allowed. */
    long renew() {
        return Math.max(0, asked.getAndSet(0) - lines);
    }
}
