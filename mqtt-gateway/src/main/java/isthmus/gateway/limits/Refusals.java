package isthmus.gateway.limits;

/** How often each {@link Limit} was the reason for a refusal since the start. Any thread. */
public final class Refusals {
    /** So many refused CONNECTs and SUBSCRIBEs have a line of their own between two reports. */
    private static final int OWN_LINES = 20;

    private final Counts<Limit> counts = new Counts<>(Limit.class);
    private final LogAllowance ownLines = new LogAllowance(OWN_LINES);

    public void count(Limit limit) {
        counts.count(limit);
    }

    public long of(Limit limit) {
        return counts.of(limit);
    }

    /** Whether one more Client that is refused may have a line of its own in the log. */
    public boolean mayHaveOwnLine() {
        return ownLines.take();
    }

    /** Allows lines again, and returns how many were not allowed. */
    long renewOwnLines() {
        return ownLines.renew();
    }
}
