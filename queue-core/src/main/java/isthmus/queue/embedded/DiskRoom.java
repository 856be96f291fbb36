package isthmus.queue.embedded;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk has room for a message. The log writes through memory maps of files that are allocated as they are
 * written: without room such a write ends in a fault in the middle of a record, and not in an error that could be answered.
 * So the last bytes of the disk stay free for what follows from the messages that were taken: indexes, positions, sessions.
 * RocketMQ's own check, once in ten seconds and by percentage, comes too late on a small disk.
 *
 * <p>Any thread. The disk is asked when some megabytes were taken since, and two hundred times a second at
 * most.
 */
final class DiskRoom {
    private static final Logger LOG = LoggerFactory.getLogger(DiskRoom.class);
    /** What stays free. */
    static final long RESERVE_BYTES = 64L << 20;
    /** So much is taken without asking again, in case others write to the disk, too. */
    private static final long STRIDE_BYTES = 8L << 20;
    /** A record's fields and its places in the indexes. */
    private static final int OVERHEAD_BYTES = 1024;

    /** A disk in memory is filled with 10 MB meanwhile, a sixth of what stays free. */
    private static final long INTERVAL_NANOS = 5_000_000;
    /** Without so much, nothing is written to the indexes: they are mapped, too, and a message is only in one if it is all there. */
    private static final long INDEX_BYTES = 8L << 20;

    private final LongSupplier usable;
    private final LongSupplier nanoTime;
    private final String directory;
    private final AtomicLong budget = new AtomicLong();
    private volatile long asked;
    private volatile boolean full;

    /**
     * Asks the disk for the first time.
     *
     * @param usable free bytes of the disk
     * @param directory for what is said about it
     */
    DiskRoom(LongSupplier usable, LongSupplier nanoTime, String directory) {
        this.usable = usable;
        this.nanoTime = nanoTime;
        this.directory = directory;
        ask(nanoTime.getAsLong());
    }

    /** Whether a message with a body of so many bytes may be written. */
    boolean has(int bytes) {
        long now = nanoTime.getAsLong();
        long left = budget.addAndGet(-bytes - OVERHEAD_BYTES);
        if (left < 0 || now - asked > INTERVAL_NANOS) {
            ask(now);
            left = budget.addAndGet(-bytes - OVERHEAD_BYTES);
        }
        tell(left < 0);
        return left >= 0;
    }

    /**
     * Whether there is room for what follows from the messages that were taken, though another program has eaten of what stays
     * free. Asks the disk.
     */
    boolean hasForIndexes() {
        return usable.getAsLong() >= INDEX_BYTES;
    }

    private void ask(long now) {
        asked = now;
        budget.set(Math.min(usable.getAsLong() - RESERVE_BYTES, STRIDE_BYTES));
    }

    private void tell(boolean nowFull) {
        if (full != nowFull && change(nowFull)) {
            if (nowFull) {
                LOG.error(
                        "The disk of {} is full but for the last {} MB, which are kept free: messages are refused until there"
                                + " is room again. Make room, or keep messages for a shorter time (retentionHours).",
                        directory,
                        RESERVE_BYTES >> 20);
            } else {
                LOG.info("The disk of {} has room again: messages are taken", directory);
            }
        }
    }

    private synchronized boolean change(boolean nowFull) {
        boolean changed = full != nowFull;
        full = nowFull;
        return changed;
    }
}
