package isthmus.server.api.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down who tries tokens: an address may fail so often, and then once in a while. Remembers a bounded number of
 * addresses, those that failed last. Any thread.
 */
public final class FailedSignIns {
    private static final int ALLOWED = 10;
    private static final long NANOS_TO_FORGET_ONE = 6_000_000_000L;
    private static final int MOST_ADDRESSES = 10_000;

    private final LongSupplier nanoTime;
    /** Until when an address has to wait, were each failure to cost its time; guarded by this. */
    private final Map<String, Long> debts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /** @param nanoTime {@link System#nanoTime} or a test's clock */
    public FailedSignIns(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Seconds that this address has to wait before it may try again; 0 when it may. */
    public synchronized long secondsToWait(String address) {
        Long debt = debts.get(address);
        if (debt == null) {
            return 0;
        }
        long owed = debt - nanoTime.getAsLong();
        if (owed <= 0) {
            debts.remove(address);
            return 0;
        }
        long over = owed - (ALLOWED - 1) * NANOS_TO_FORGET_ONE;
        return over <= 0 ? 0 : over / 1_000_000_000L + 1;
    }

    /** A token from this address was wrong. */
    public synchronized void failed(String address) {
        long now = nanoTime.getAsLong();
        long debt = Math.max(now, debts.getOrDefault(address, now));
        debts.remove(address);
        debts.put(address, debt + NANOS_TO_FORGET_ONE);
    }
}
