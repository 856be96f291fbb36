package isthmus.queue.embedded;

import java.io.IOException;
import java.lang.reflect.Field;
import org.apache.rocketmq.store.timer.TimerMessageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flushes what RocketMQ keeps of delayed messages, but leaves its wheel out while that cannot have changed. Each flush of the
 * wheel compares 38 MB byte by byte, which takes a processor 20 to 30 ms every three seconds, in which an event loop may have
 * to wait; and mostly nobody has sent a delayed message meanwhile.
 *
 * <p>A slot of the wheel changes only after a record was added to the timer log. Its own thread.
 */
final class TimerFlushes extends TimerMessageStore.TimerFlushService {
    private static final Logger LOG = LoggerFactory.getLogger(TimerFlushes.class);
    /**
     * The wheel is flushed once more than needed: a record may be in the log already when a flush begins, and in its slot only
     * behind that.
     */
    private static final int FLUSHES_AFTER_A_CHANGE = 2;

    private final TimerMessageStore store;
    private long end = -1;
    private int owed;

    private TimerFlushes(TimerMessageStore store) {
        store.super();
        this.store = store;
    }

    /** Puts this in the place of RocketMQ's own, which is loaded and not started. Another RocketMQ, without it, keeps what it has. */
    static void install(TimerMessageStore store) {
        try {
            Field service = TimerMessageStore.class.getDeclaredField("timerFlushService");
            service.setAccessible(true);
            service.set(store, new TimerFlushes(store));
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            LOG.warn("This RocketMQ flushes its timers in another way than 5.5.0; the class TimerFlushes can go");
        }
    }

    @Override
    public void flush() throws IOException {
        long now = store.getTimerLog().getMappedFileQueue().getMaxOffset();
        if (now != end) {
            end = now;
            owed = FLUSHES_AFTER_A_CHANGE;
        }
        if (owed > 0) {
            super.flush();
            owed--;
        } else {
            store.prepareTimerCheckPoint();
            store.getTimerCheckpoint().flush();
        }
    }
}
