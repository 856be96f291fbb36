package isthmus.gateway.limits;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often each {@link Limit} was the reason for a refusal since the start. Any thread. */
public final class Refusals {
    /** So many refused CONNECTs have a line of their own between two reports. */
    private static final int OWN_LINES = 20;

    private final Map<Limit, LongAdder> counts = new EnumMap<>(Limit.class);
    private final LogAllowance ownLines = new LogAllowance(OWN_LINES);

    public Refusals() {
        for (Limit limit : Limit.values()) {
            counts.put(limit, new LongAdder());
        }
    }

    public void count(Limit limit) {
        adder(limit).increment();
    }

    public long of(Limit limit) {
        return adder(limit).sum();
    }

    /** Whether one more Client that is refused may have a line of its own in the log. */
    public boolean mayHaveOwnLine() {
        return ownLines.take();
    }

    /** Allows lines again, and returns how many were not allowed. */
    long renewOwnLines() {
        return ownLines.renew();
    }

    private LongAdder adder(Limit limit) {
        LongAdder adder = counts.get(limit);
        if (adder == null) {
            throw new IllegalStateException("no counter for " + limit);
        }
        return adder;
    }
}
