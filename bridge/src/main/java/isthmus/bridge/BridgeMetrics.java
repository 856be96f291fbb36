package isthmus.bridge;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one bridge. Any thread. */
public final class BridgeMetrics {
    private final Map<BridgeCounter, LongAdder> counters = new EnumMap<>(BridgeCounter.class);

    BridgeMetrics() {
        for (BridgeCounter counter : BridgeCounter.values()) {
            counters.put(counter, new LongAdder());
        }
    }

    public long value(BridgeCounter counter) {
        return adder(counter).sum();
    }

    void increment(BridgeCounter counter) {
        adder(counter).increment();
    }

    void add(BridgeCounter counter, long amount) {
        adder(counter).add(amount);
    }

    @SuppressWarnings("NullAway") // the constructor puts one adder for every counter
    private LongAdder adder(BridgeCounter counter) {
        return counters.get(counter);
    }
}
