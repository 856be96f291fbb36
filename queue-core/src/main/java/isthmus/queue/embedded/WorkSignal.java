package isthmus.queue.embedded;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Wakes a thread when there is something to do. {@link #raise} costs a volatile read while that thread is running; only a
 * parked one is unparked. Any thread raises; one thread waits.
 */
public final class WorkSignal {
    private volatile @Nullable Thread parked;

    /** Something may have changed: the log has grown, a task was queued, the thread is to stop. */
    public void raise() {
        Thread waiting = parked;
        if (waiting != null) {
            parked = null;
            LockSupport.unpark(waiting);
        }
    }

    /**
     * Waits until {@link #raise} is called or the time is over, unless there is work already. Announcing before asking
     * makes a raise in between impossible to miss.
     */
    @SuppressWarnings("ThreadPriorityCheck") // only its cost depends on the scheduler
    public void await(BooleanSupplier work, long nanos) {
        // Being woken costs both sides a system call: first let those run who are about to append.
        Thread.yield();
        if (work.getAsBoolean()) {
            return;
        }
        parked = Thread.currentThread();
        if (!work.getAsBoolean()) {
            LockSupport.parkNanos(this, nanos);
        }
        parked = null;
    }
}
