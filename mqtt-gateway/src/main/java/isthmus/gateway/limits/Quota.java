package isthmus.gateway.limits;

import java.util.concurrent.atomic.AtomicInteger;

/** A number of things of which there may be so many. Any thread; never waits. */
public final class Quota {
    private volatile int most;
    private final AtomicInteger taken = new AtomicInteger();

    public Quota(int most) {
        this.most = most;
    }

    /** One more, if there may be one more. */
    public boolean tryTake() {
        if (taken.incrementAndGet() <= most) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    /** One more that is there already, such as a stored session at the start. */
    public void take() {
        taken.incrementAndGet();
    }

    public void giveBack(int number) {
        taken.addAndGet(-number);
    }

    /** From now on there may be so many; those above it stay until they go. */
    public void allow(int number) {
        most = number;
    }

    public int taken() {
        return taken.get();
    }

    public int most() {
        return most;
    }
}
