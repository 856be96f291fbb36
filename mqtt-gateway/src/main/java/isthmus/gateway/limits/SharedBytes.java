package isthmus.gateway.limits;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory that many connections hold for a while, such as packets whose end has not come. When it is used up, the one that
 * has held its share the longest has to go: who is slow on purpose makes room for everybody else. Any thread; never waits.
 */
public final class SharedBytes {
    private static final long GONE = -1;

    private final long limit;
    private final AtomicLong total = new AtomicLong();
    private final Crowd<Share> holders = new Crowd<>(Integer.MAX_VALUE, Share::goAway);

    /** @param limit bytes that may be held at one time, all together */
    public SharedBytes(long limit) {
        this.limit = limit;
    }

    /** @param turnedAway called once, by any thread, when the holder has to go; its bytes no longer count then */
    public Share share(Runnable turnedAway) {
        return new Share(turnedAway);
    }

    public long total() {
        return total.get();
    }

    /** What one connection holds. Used by one thread. */
    public final class Share {
        private final Runnable turnedAway;
        private final AtomicLong held = new AtomicLong();
        private long ticket;

        private Share(Runnable turnedAway) {
            this.turnedAway = turnedAway;
        }

        /** It holds so many bytes now; 0 when it is done. */
        public void hold(long bytes) {
            long before = held.get();
            if (before == GONE || before == bytes || !held.compareAndSet(before, bytes)) {
                return;
            }
            if (before == 0) {
                ticket = holders.enter(this);
            } else if (bytes == 0) {
                holders.leave(ticket);
            }
            if (total.addAndGet(bytes - before) > limit && bytes > before) {
                holders.turnAwayOldest();
            }
        }

        /** It has moved on: what it holds now counts as held from now on. */
        public void movedOn() {
            if (held.get() > 0) {
                holders.leave(ticket);
                ticket = holders.enter(this);
            }
        }

        private void goAway() {
            long bytes = held.getAndUpdate(now -> now > 0 ? GONE : now);
            if (bytes > 0) {
                total.addAndGet(-bytes);
                turnedAway.run();
            }
        }
    }
}
