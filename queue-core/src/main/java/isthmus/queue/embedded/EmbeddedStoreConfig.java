package isthmus.queue.embedded;

import org.apache.rocketmq.store.config.MessageStoreConfig;

/**
 * The store's configuration, which also carries the feed's {@link WorkSignal}, the {@link DiskRoom}, the {@link DiskFault} and
 * the {@link LogCheck} to {@link WakingStore}: RocketMQ makes that class by reflection and hands it nothing else of ours.
 */
final class EmbeddedStoreConfig extends MessageStoreConfig {
    private final WorkSignal feedSignal;
    private final DiskRoom room;
    private final DiskFault fault;
    private final LogCheck check = new LogCheck();

    EmbeddedStoreConfig(WorkSignal feedSignal, DiskRoom room, DiskFault fault) {
        this.feedSignal = feedSignal;
        this.room = room;
        this.fault = fault;
    }

    LogCheck check() {
        return check;
    }

    DiskRoom room() {
        return room;
    }

    DiskFault fault() {
        return fault;
    }

    WorkSignal feedSignal() {
        return feedSignal;
    }
}
