package org.apache.rocketmq.store;

import isthmus.queue.embedded.WorkSignal;
import java.lang.reflect.Field;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * RocketMQ's dispatcher, which makes the consume queues from the log, but waiting for an append when there is nothing to
 * do. The original looks every millisecond, which costs an idle server more than everything else together. Under load
 * both do the same: a millisecond of rest after each round makes a batch of what came meanwhile.
 *
 * <p>It is in RocketMQ's package because the class that it extends can be seen nowhere else; docs/adr/0008 has the reasons.
 * Its own thread.
 */
public final class WokenReputService extends DefaultMessageStore.ReputMessageService {
    /** Only for what this process did not append, which is nothing that we know of. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long REST_MILLIS = 1;
    private static final long REST_WITHOUT_ROOM_MILLIS = 50;
    private final WorkSignal signal;
    private final BooleanSupplier room;

    private WokenReputService(DefaultMessageStore store, WorkSignal signal, BooleanSupplier room) {
        store.super();
        this.signal = signal;
        this.room = room;
    }

    /**
     * Puts this dispatcher in the place of the store's own.
     *
     * @param store a store that is not loaded yet
     * @param signal raised after each append
     * @param room whether the disk has room for the consume queues; without, they wait. They are written through memory maps,
     *     where a full disk is a fault, and what was to be written there is skipped
     * @throws IllegalStateException if this is not the RocketMQ that this class was written for
     */
    public static void install(MessageStore store, WorkSignal signal, BooleanSupplier room) {
        try {
            Field field = DefaultMessageStore.class.getDeclaredField("reputMessageService");
            field.setAccessible(true);
            field.set(store, new WokenReputService((DefaultMessageStore) store, signal, room));
        } catch (ReflectiveOperationException | ClassCastException other) {
            throw new IllegalStateException("this version of RocketMQ's store has another dispatcher", other);
        }
    }

    @Override
    public void run() {
        while (!isStopped()) {
            try {
                if (isCommitLogAvailable() && !room.getAsBoolean()) {
                    TimeUnit.MILLISECONDS.sleep(REST_WITHOUT_ROOM_MILLIS);
                } else if (isCommitLogAvailable()) {
                    doReput();
                    TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
                } else {
                    signal.await(this::hasWork, LONGEST_WAIT_NANOS);
                }
            } catch (Exception | InternalError failure) {
                DefaultMessageStore.LOGGER.error("dispatching from the log to the consume queues failed", failure);
            }
        }
    }

    private boolean hasWork() {
        return isStopped() || isCommitLogAvailable();
    }

    @Override
    public void wakeup() {
        signal.raise();
    }
}
