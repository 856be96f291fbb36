package isthmus.gateway;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** How late an event loop carries out what is due: the worst of the last seconds. Asked by any thread. */
final class LoopLag implements Runnable {
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);
    private static final int SECONDS = 15;
    private static final long STUCK = TimeUnit.SECONDS.toNanos(30);

    private final AtomicLongArray last = new AtomicLongArray(SECONDS);
    private final AtomicLong due;
    private int place;

    private LoopLag(long now) {
        due = new AtomicLong(now + PERIOD);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the loop
    static LoopLag of(EventExecutor loop) {
        LoopLag lag = new LoopLag(System.nanoTime());
        loop.scheduleAtFixedRate(lag, PERIOD, PERIOD, TimeUnit.NANOSECONDS);
        return lag;
    }

    /** On the loop, which is the only one that writes. */
    @Override
    public void run() {
        last.set(place, Math.max(0, System.nanoTime() - due.get()));
        place = (place + 1) % SECONDS;
        due.addAndGet(PERIOD);
    }

    /** Whether it has carried out nothing for so long that it will never do so again. */
    boolean isStuck() {
        return System.nanoTime() - due.get() > STUCK;
    }

    double worstSeconds() {
        long worst = 0;
        for (int i = 0; i < SECONDS; i++) {
            worst = Math.max(worst, last.get(i));
        }
        return worst / 1e9;
    }
}
