package isthmus.queue.embedded;

import org.apache.rocketmq.store.config.MessageStoreConfig;

/**
 * The store's configuration, which also carries the {@link FeedSignal} and the {@link DiskRoom} to {@link WakingStore}: RocketMQ
 * makes that class by reflection and hands it nothing else of ours.
 */
final class EmbeddedStoreConfig extends MessageStoreConfig {
    private final FeedSignal feedSignal;
    private final DiskRoom room;

    EmbeddedStoreConfig(FeedSignal feedSignal, DiskRoom room) {
        this.feedSignal = feedSignal;
        this.room = room;
    }

    DiskRoom room() {
        return room;
    }

    FeedSignal feedSignal() {
        return feedSignal;
    }
}
