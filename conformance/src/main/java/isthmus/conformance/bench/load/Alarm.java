package isthmus.conformance.bench.load;

import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a selector at a time that is given in nanoseconds. A selector's own timeout is in milliseconds, which is too coarse
 * to send a thousand messages a second each in its time. The waiting is done by a thread of its own.
 */
final class Alarm implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;

    private final Selector selector;
    private final AtomicLong at = new AtomicLong(NEVER);
    private final Thread thread;
    private volatile boolean closed;

    Alarm(Selector selector) {
        this.selector = selector;
        this.thread = new Thread(this::run, "load-alarm");
        thread.setDaemon(true);
        thread.start();
    }

    /** Sets the time, replacing an earlier one. The selector's thread. */
    void set(long nanoTime) {
        if (at.getAndSet(nanoTime) != nanoTime) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            long time = at.get();
            long left = time - System.nanoTime();
            if (time == NEVER) {
                LockSupport.park(this);
            } else if (left > 0) {
                LockSupport.parkNanos(this, left);
            } else if (at.compareAndSet(time, NEVER)) {
                selector.wakeup();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
