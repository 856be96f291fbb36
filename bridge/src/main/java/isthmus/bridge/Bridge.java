package isthmus.bridge;

import isthmus.gateway.spi.ConnectionEvents;
import isthmus.gateway.spi.Downlink;
import isthmus.gateway.spi.MessageLog;
import isthmus.queue.api.LogFeed;
import isthmus.queue.api.QueueCore;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins the gateway, which speaks MQTT, to the queue core, which keeps the log. Gives the gateway its ports, and feeds it
 * from {@link #start} on.
 *
 * <p>Started and closed by one thread, the one that wires the server; the ports may be used from any thread.
 */
public final class Bridge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);
    private static final long NEVER_FED = -1;
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(2);

    private final QueueCore queue;
    private final BridgeSettings settings;
    private final BridgeMetrics metrics = new BridgeMetrics();
    private final FeedTasks feedTasks = new FeedTasks();
    private final QueueUplink uplink;
    private final QueueLog log;
    private final EventMessage eventMessages;
    private final ClientEvents events;
    private volatile @Nullable LogFeed feed;

    /**
     * @param queue stays the caller's, who closes it after the bridge
     * @param seal marks the client events of this gateway
     * @param timer for the repetition of client events that the log refused; stays the caller's, too
     */
    public Bridge(
            QueueCore queue, BridgeSettings settings, EventSeal seal, ScheduledExecutorService timer, Clock clock) {
        this.queue = queue;
        this.settings = settings;
        this.uplink = new QueueUplink(queue, settings.traces(), metrics);
        this.log = new QueueLog(queue, settings, feedTasks);
        this.eventMessages = new EventMessage(seal);
        this.events = new ClientEvents(queue, settings, eventMessages, timer, clock, metrics);
    }

    public TracedUplink uplink() {
        return uplink;
    }

    public ConnectionEvents events() {
        return events;
    }

    /** Tasks for its feed executor wait until {@link #start}. */
    public MessageLog log() {
        return log;
    }

    public BridgeMetrics metrics() {
        return metrics;
    }

    /** Bytes of the log that the feed has not looked at yet; 0 before {@link #start}. Any thread. */
    public long feedLag() {
        LogFeed open = feed;
        return open == null ? 0 : Math.max(0, queue.endPosition() - open.position());
    }

    /**
     * Opens the feed where it stopped the last time, and delivers from then on.
     *
     * <p>A gateway that was never fed begins with the oldest record of the log, not with the end. That costs one read of
     * what retention has left, and it is right in each case: on a new log there is nothing to read; after a kill before the
     * first position was written, messages that were acknowledged are in the log and must still reach stored sessions;
     * and on a log that is older than the gateway, retained messages and P2P messages that are to wait for their target
     * are found. Nobody is given old messages, because a subscription receives only what follows it.
     *
     * @param parentTopics topics whose messages are for devices; event topics among them are no parent topics; those that
     *     the log has are read for the gateway's own events
     */
    public void start(Downlink downlink, Set<String> parentTopics) {
        if (feed != null) {
            throw new IllegalStateException("the bridge has been started already");
        }
        long resumeFrom = downlink.resumeFrom();
        long from = resumeFrom == NEVER_FED ? queue.firstPosition() : resumeFrom;
        LOG.info("Devices are fed from position {} of the log on", from);
        LogFeed opened = queue.openFeed(from, new FeedDownlink(downlink, settings, eventMessages, metrics));
        feed = opened;
        watch(parentTopics);
        feedTasks.openedBy(opened);
    }

    /** Replaces the parent topics, when topics were created or removed while the bridge runs. Any thread. */
    public void watch(Set<String> parentTopics) {
        LogFeed open = feed;
        if (open == null) {
            throw new IllegalStateException("the bridge has not been started");
        }
        Set<String> watched = parentTopics.stream()
                .filter(topic -> !EventTopics.isEventTopic(topic))
                .collect(Collectors.toUnmodifiableSet());
        log.watch(watched);
        open.watch(withEventTopics(watched));
    }

    /** The gateway has to meet its own events again, so that it knows after a kill which connections were open. */
    private Set<String> withEventTopics(Set<String> parents) {
        return Stream.concat(parents.stream(), queue.topics().stream().filter(EventTopics::isEventTopic))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Stops the feed, and waits for events under way for at most two seconds. */
    @Override
    public void close() {
        LogFeed open = feed;
        if (open != null) {
            open.close();
        }
        events.flush(PATIENCE_AT_CLOSE);
    }
}
