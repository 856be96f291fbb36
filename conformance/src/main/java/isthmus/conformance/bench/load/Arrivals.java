package isthmus.conformance.bench.load;

import java.util.BitSet;

/** Which messages of one publisher a subscriber has received, and how often it was not as it should be. */
final class Arrivals {
    private final BitSet seen = new BitSet();
    private long distinct;
    private long duplicates;
    private long orderViolations;
    private long next;

    /** Whether the message arrives for the first time. */
    boolean add(long sequence) {
        int number = Math.toIntExact(sequence);
        if (seen.get(number)) {
            duplicates++;
            return false;
        }
        seen.set(number);
        distinct++;
        if (sequence < next) {
            orderViolations++;
        } else {
            next = sequence + 1;
        }
        return true;
    }

    /** Messages, each counted once. */
    long distinct() {
        return distinct;
    }

    long duplicates() {
        return duplicates;
    }

    /** Messages that came for the first time after a later one. */
    long orderViolations() {
        return orderViolations;
    }
}
