package isthmus.server.api.http;

import java.util.concurrent.atomic.AtomicInteger;

/** How many live streams there may be at one time. Any thread. */
final class StreamSlots {
    private final int most;
    private final AtomicInteger taken = new AtomicInteger();

    StreamSlots(int most) {
        this.most = most;
    }

    boolean tryTake() {
        if (taken.incrementAndGet() <= most) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    void giveBack() {
        taken.decrementAndGet();
    }
}
