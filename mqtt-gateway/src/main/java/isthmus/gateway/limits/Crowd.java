package isthmus.gateway.limits;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for something, in the order in which they came. When a bound is reached it is not the newest who is
 * turned away, who has done nothing yet, but the one that has waited longest. Any thread; never waits.
 *
 * @param <T> who waits
 */
public final class Crowd<T> {
    private final ConcurrentSkipListMap<Long, T> byArrival = new ConcurrentSkipListMap<>();
    private final AtomicLong arrivals = new AtomicLong();
    private final AtomicInteger size = new AtomicInteger();
    private final int most;
    private final Consumer<T> turnedAway;

    /** @param turnedAway told about the one that is out when one too many came; on the thread of the one that came */
    public Crowd(int most, Consumer<T> turnedAway) {
        this.most = most;
        this.turnedAway = turnedAway;
    }

    /** Somebody comes; returns the ticket to leave with. */
    public long enter(T one) {
        long ticket = arrivals.incrementAndGet();
        byArrival.put(ticket, one);
        if (size.incrementAndGet() > most) {
            turnAwayOldest();
        }
        return ticket;
    }

    /** Somebody leaves, or was turned away before. */
    public void leave(long ticket) {
        if (byArrival.remove(ticket) != null) {
            size.decrementAndGet();
        }
    }

    /** The one that has waited longest is out; null when nobody is there. */
    public @Nullable T turnAwayOldest() {
        Map.Entry<Long, T> oldest = byArrival.pollFirstEntry();
        if (oldest == null) {
            return null;
        }
        size.decrementAndGet();
        turnedAway.accept(oldest.getValue());
        return oldest.getValue();
    }

    public int size() {
        return size.get();
    }
}
