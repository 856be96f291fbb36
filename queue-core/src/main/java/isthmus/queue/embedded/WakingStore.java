package isthmus.queue.embedded;

import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.common.message.MessageExtBatch;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.store.MessageStore;
import org.apache.rocketmq.store.PutMessageResult;
import org.apache.rocketmq.store.PutMessageStatus;
import org.apache.rocketmq.store.QueryMessageResult;
import org.apache.rocketmq.store.plugin.AbstractPluginMessageStore;
import org.apache.rocketmq.store.plugin.MessageStorePluginContext;
import org.apache.rocketmq.store.rocksdb.MessageRocksDBStorage;
import org.apache.rocketmq.store.timer.rocksdb.TimerMessageRocksDBStore;
import org.apache.rocketmq.store.transaction.TransMessageRocksDBStore;

/**
 * Refuses what the disk has no {@link DiskRoom} for, and raises the {@link FeedSignal} after every append, whoever appends:
 * this process, a RocketMQ client, a timer that is due, a commit, a retry. It is the only place that all of them pass.
 * RocketMQ makes it by reflection, so it is public.
 *
 * <p>Any thread. With {@code flush: sync} the record becomes readable only when the future completes, so the signal is
 * raised then.
 */
public final class WakingStore extends AbstractPluginMessageStore {
    private final FeedSignal feed;
    private final DiskRoom room;

    public WakingStore(MessageStorePluginContext context, MessageStore next) {
        super(context, next);
        EmbeddedStoreConfig config = (EmbeddedStoreConfig) context.getMessageStoreConfig();
        this.feed = config.feedSignal();
        this.room = config.room();
    }

    @Override
    public PutMessageResult putMessage(MessageExtBrokerInner message) {
        if (!hasRoomFor(message)) {
            return refusal();
        }
        PutMessageResult result = next.putMessage(message);
        feed.raise();
        return result;
    }

    @Override
    public PutMessageResult putMessages(MessageExtBatch batch) {
        if (!hasRoomFor(batch)) {
            return refusal();
        }
        PutMessageResult result = next.putMessages(batch);
        feed.raise();
        return result;
    }

    @Override
    public CompletableFuture<PutMessageResult> asyncPutMessage(MessageExtBrokerInner message) {
        return hasRoomFor(message)
                ? raiseWhenStored(next.asyncPutMessage(message))
                : CompletableFuture.completedFuture(refusal());
    }

    @Override
    public CompletableFuture<PutMessageResult> asyncPutMessages(MessageExtBatch batch) {
        return hasRoomFor(batch)
                ? raiseWhenStored(next.asyncPutMessages(batch))
                : CompletableFuture.completedFuture(refusal());
    }

    private boolean hasRoomFor(MessageExtBrokerInner message) {
        byte[] body = message.getBody();
        return room.has(body == null ? 0 : body.length);
    }

    private static PutMessageResult refusal() {
        return new PutMessageResult(PutMessageStatus.SERVICE_NOT_AVAILABLE, null);
    }

    private CompletableFuture<PutMessageResult> raiseWhenStored(CompletableFuture<PutMessageResult> stored) {
        if (stored.isDone()) {
            feed.raise();
            return stored;
        }
        return stored.whenComplete((result, failure) -> feed.raise());
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
