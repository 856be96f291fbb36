package isthmus.queue.embedded;

import org.apache.rocketmq.store.config.MessageStoreConfig;

/**
 * The store's configuration, which also carries the {@link FeedSignal} to {@link WakingStore}: RocketMQ makes that class
 * by reflection and hands it nothing else of ours.
 */
final class EmbeddedStoreConfig extends MessageStoreConfig {
    private final FeedSignal feedSignal;

    EmbeddedStoreConfig(FeedSignal feedSignal) {
        this.feedSignal = feedSignal;
    }

    FeedSignal feedSignal() {
        return feedSignal;
    }
}
