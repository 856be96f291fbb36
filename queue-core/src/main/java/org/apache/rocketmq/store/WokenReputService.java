package org.apache.rocketmq.store;

import isthmus.queue.embedded.WorkSignal;
import java.lang.reflect.Field;
import java.util.concurrent.TimeUnit;

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
    private final WorkSignal signal;

    private WokenReputService(DefaultMessageStore store, WorkSignal signal) {
        store.super();
        this.signal = signal;
    }

    /**
     * Puts this dispatcher in the place of the store's own.
     *
     * @param store a store that is not loaded yet
     * @param signal raised after each append
     * @throws IllegalStateException if this is not the RocketMQ that this class was written for
     */
    public static void install(MessageStore store, WorkSignal signal) {
        try {
            Field field = DefaultMessageStore.class.getDeclaredField("reputMessageService");
            field.setAccessible(true);
            field.set(store, new WokenReputService((DefaultMessageStore) store, signal));
        } catch (ReflectiveOperationException | ClassCastException other) {
            throw new IllegalStateException("this version of RocketMQ's store has another dispatcher", other);
        }
    }

    @Override
    public void run() {
        while (!isStopped()) {
            try {
                if (isCommitLogAvailable()) {
                    doReput();
                    TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
                } else {
                    signal.await(this::hasWork, LONGEST_WAIT_NANOS);
                }
            } catch (Exception failure) {
                DefaultMessageStore.LOGGER.warn("dispatching from the log to the consume queues failed", failure);
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
