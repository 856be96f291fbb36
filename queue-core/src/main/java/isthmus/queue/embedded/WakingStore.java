package isthmus.queue.embedded;

import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.common.message.MessageExtBatch;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.store.MessageStore;
import org.apache.rocketmq.store.PutMessageResult;
import org.apache.rocketmq.store.PutMessageStatus;
import org.apache.rocketmq.store.QueryMessageResult;
import org.apache.rocketmq.store.WokenReputService;
import org.apache.rocketmq.store.plugin.AbstractPluginMessageStore;
import org.apache.rocketmq.store.plugin.MessageStorePluginContext;
import org.apache.rocketmq.store.rocksdb.MessageRocksDBStorage;
import org.apache.rocketmq.store.timer.rocksdb.TimerMessageRocksDBStore;
import org.apache.rocketmq.store.transaction.TransMessageRocksDBStore;

/**
 * Refuses what the disk has no {@link DiskRoom} for, and everything after a {@link DiskFault}, and wakes those who read the
 * log after every append, whoever appends: this process, a RocketMQ client, a timer that is due, a commit, a retry. It is the
 * only place that all of them pass. The readers are our feed, and the dispatcher that makes RocketMQ's consume queues. It
 * also translates the {@link OnsProperties} of each message. RocketMQ makes it by reflection, so it is public.
 *
 * <p>Any thread. With {@code flush: sync} the record becomes readable only when the future completes, so they are woken
 * then.
 */
public final class WakingStore extends AbstractPluginMessageStore {
    private final WorkSignal feed;
    private final WorkSignal dispatcher = new WorkSignal();
    private final DiskRoom room;
    private final DiskFault fault;

    public WakingStore(MessageStorePluginContext context, MessageStore next) {
        super(context, next);
        EmbeddedStoreConfig config = (EmbeddedStoreConfig) context.getMessageStoreConfig();
        this.feed = config.feedSignal();
        this.room = config.room();
        this.fault = config.fault();
        next.getDispatcherList().addFirst(config.check());
        WokenReputService.install(next, dispatcher, room::hasForIndexes);
        NoTicks.install(next);
        LeanCommitLog.install(next);
        LogFiles.install(next, fault);
    }

    @Override
    public PutMessageResult putMessage(MessageExtBrokerInner message) {
        if (!canTake(message)) {
            return refusal();
        }
        OnsProperties.translate(message);
        PutMessageResult result = next.putMessage(message);
        wakeReaders();
        return result;
    }

    @Override
    public PutMessageResult putMessages(MessageExtBatch batch) {
        if (!canTake(batch)) {
            return refusal();
        }
        PutMessageResult result = next.putMessages(batch);
        wakeReaders();
        return result;
    }

    @Override
    public CompletableFuture<PutMessageResult> asyncPutMessage(MessageExtBrokerInner message) {
        if (!canTake(message)) {
            return CompletableFuture.completedFuture(refusal());
        }
        OnsProperties.translate(message);
        return wakeWhenStored(next.asyncPutMessage(message));
    }

    @Override
    public CompletableFuture<PutMessageResult> asyncPutMessages(MessageExtBatch batch) {
        return canTake(batch)
                ? wakeWhenStored(next.asyncPutMessages(batch))
                : CompletableFuture.completedFuture(refusal());
    }

    private boolean canTake(MessageExtBrokerInner message) {
        byte[] body = message.getBody();
        return !fault.isPresent() && room.has(body == null ? 0 : body.length);
    }

    private static PutMessageResult refusal() {
        return new PutMessageResult(PutMessageStatus.SERVICE_NOT_AVAILABLE, null);
    }

    private CompletableFuture<PutMessageResult> wakeWhenStored(CompletableFuture<PutMessageResult> stored) {
        if (stored.isDone()) {
            wakeReaders();
            return stored;
        }
        return stored.whenComplete((result, failure) -> wakeReaders());
    }

    private void wakeReaders() {
        feed.raise();
        dispatcher.raise();
    }

    // AbstractPluginMessageStore 5.5.0 forgets to forward the rest.

    @Override
    public TimerMessageRocksDBStore getTimerMessageRocksDBStore() {
        return next.getTimerMessageRocksDBStore();
    }

    @Override
    public void setTimerMessageRocksDBStore(TimerMessageRocksDBStore store) {
        next.setTimerMessageRocksDBStore(store);
    }

    @Override
    public TransMessageRocksDBStore getTransMessageRocksDBStore() {
        return next.getTransMessageRocksDBStore();
    }

    @Override
    public void setTransMessageRocksDBStore(TransMessageRocksDBStore store) {
        next.setTransMessageRocksDBStore(store);
    }

    @Override
    public MessageRocksDBStorage getMessageRocksDBStorage() {
        return next.getMessageRocksDBStorage();
    }

    @Override
    public QueryMessageResult queryMessage(
            String topic, String key, int maxNum, long begin, long end, String indexType, String lastKey) {
        return next.queryMessage(topic, key, maxNum, begin, end, indexType, lastKey);
    }

    @Override
    public CompletableFuture<QueryMessageResult> queryMessageAsync(
            String topic, String key, int maxNum, long begin, long end, String indexType, String lastKey) {
        return next.queryMessageAsync(topic, key, maxNum, begin, end, indexType, lastKey);
    }
}
