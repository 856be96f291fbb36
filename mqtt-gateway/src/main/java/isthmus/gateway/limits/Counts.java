package isthmus.gateway.limits;

import java.util.concurrent.atomic.LongAdder;

/** How often each of a closed list of things happened. Any thread. */
@SuppressWarnings("EnumOrdinal") // within this run only
public final class Counts<E extends Enum<E>> {
    private final LongAdder[] byOrdinal;

    public Counts(Class<E> things) {
        byOrdinal = new LongAdder[things.getEnumConstants().length];
        for (int i = 0; i < byOrdinal.length; i++) {
            byOrdinal[i] = new LongAdder();
        }
    }

    public void count(E thing) {
        count(thing, 1);
    }

    /** The same for a thing that counts so many times, or has so many bytes. */
    public void count(E thing, long amount) {
        byOrdinal[thing.ordinal()].add(amount);
    }

    public long of(E thing) {
        return byOrdinal[thing.ordinal()].sum();
    }

    /** Of all things. */
    public long sum() {
        long sum = 0;
        for (LongAdder each : byOrdinal) {
            sum += each.sum();
        }
        return sum;
    }
}
