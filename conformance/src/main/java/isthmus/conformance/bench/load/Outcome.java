package isthmus.conformance.bench.load;

/**
 * What became of all messages of a load, warm-up included.
 *
 * @param sent each counted once for each subscriber that is to receive it; {@code delivered} likewise
 */
public record Outcome(long sent, long delivered, long duplicates, long orderViolations) {
    public long lost() {
        return sent - delivered;
    }
}
