package isthmus.gateway.limits;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that many share, and that are there in any case: whoever adds to them looks whether there are too many, and stops
 * reading. Any thread; never waits.
 */
public final class ByteBudget {
    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    /** @param limit more are too many */
    public ByteBudget(long limit) {
        this.limit = limit;
    }

    /** @param bytes negative when they are given back */
    public void add(long bytes) {
        taken.addAndGet(bytes);
    }

    public boolean isExceeded() {
        return taken.get() > limit;
    }
}
