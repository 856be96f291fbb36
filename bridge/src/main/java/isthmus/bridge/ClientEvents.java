package isthmus.bridge;

import isthmus.gateway.spi.ConnectionEvent;
import isthmus.gateway.spi.ConnectionEvents;
import isthmus.queue.api.AppendException;
import isthmus.queue.api.QueueCore;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Puts the events of connections into the log, on the event topic of the client's group.
 *
 * <p>The events of one client stay in order even when the log refuses writes for a while: each client has an
 * {@link EventLane} as long as something of it is under way, with one append in flight; what fails for now is tried again
 * on the timer before the next one goes. After {@link BridgeSettings#eventAttempts} failures in a row the lane is given
 * up. Nothing blocks and nothing is thrown: a presence message is not worth a connection.
 *
 * <p>Any thread; usually event loops publish, and threads of the log or the timer go on.
 */
final class ClientEvents implements ConnectionEvents {
    private final QueueCore queue;
    private final int maxAttempts;
    private final ScheduledExecutorService timer;
    private final BridgeMetrics metrics;
    private final EventTroubles troubles;
    private final EventMessage messages;
    private final ConcurrentMap<String, EventLane> lanes = new ConcurrentHashMap<>();

    ClientEvents(
            QueueCore queue,
            BridgeSettings settings,
            EventMessage messages,
            ScheduledExecutorService timer,
            Clock clock,
            BridgeMetrics metrics) {
        this.queue = queue;
        this.maxAttempts = settings.eventAttempts();
        this.messages = messages;
        this.timer = timer;
        this.metrics = metrics;
        this.troubles = new EventTroubles(clock);
    }

    @Override
    public void publish(ConnectionEvent event) {
        EventLane mine = new EventLane(event);
        EventLane lane = lanes.merge(event.clientId(), mine, (busy, added) -> {
            metrics.add(BridgeCounter.EVENTS_LOST, busy.add(event));
            return busy;
        });
        if (lane == mine) {
            send(mine);
        }
    }

    /** Sends the current event of a lane. The caller carries the lane, and from here on the outcome does. */
    private void send(EventLane lane) {
        ConnectionEvent event = lane.current();
        String groupId = EventTopics.groupOf(event.clientId());
        if (groupId == null) {
            metrics.increment(BridgeCounter.EVENTS_WITHOUT_TOPIC);
            next(lane);
            return;
        }
        try {
            queue.append(messages.of(event, groupId)).whenComplete((appended, failure) -> {
                if (failure == null) {
                    onStored(lane);
                } else {
                    onFailure(lane, groupId, Failures.cause(failure));
                }
            });
        } catch (RuntimeException notAppended) {
            onHopeless(lane, notAppended);
        }
    }

    private void onStored(EventLane lane) {
        metrics.increment(BridgeCounter.EVENTS_STORED);
        lane.succeeded();
        next(lane);
    }

    private void onFailure(EventLane lane, String groupId, Throwable failure) {
        if (!(failure instanceof AppendException refused)) {
            onHopeless(lane, failure);
            return;
        }
        switch (refused.reason()) {
            case UNKNOWN_TOPIC -> {
                metrics.increment(BridgeCounter.EVENTS_WITHOUT_TOPIC);
                troubles.noTopic(groupId);
                next(lane);
            }
            case MESSAGE_ILLEGAL -> onHopeless(lane, refused);
            case UNAVAILABLE -> tryAgain(lane, refused);
            case FLUSH_TIMEOUT -> onStored(lane); // in the log already; a second time would help nobody
        }
    }

    private void onHopeless(EventLane lane, Throwable why) {
        metrics.increment(BridgeCounter.EVENTS_LOST);
        troubles.lost(lane.clientId(), 1, why);
        next(lane);
    }

    private void next(EventLane lane) {
        if (lanes.computeIfPresent(lane.clientId(), (id, busy) -> busy.advance()) == null) {
            lane.emptied().complete(null);
        } else {
            send(lane);
        }
    }

    private void tryAgain(EventLane lane, Throwable why) {
        if (lane.failed() >= maxAttempts) {
            giveUp(lane, why);
            return;
        }
        troubles.waiting(why);
        try {
            metrics.increment(BridgeCounter.EVENTS_RETRIED);
            var unused = timer.schedule(() -> send(lane), lane.pauseMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException shuttingDown) {
            giveUp(lane, why);
        }
    }

    /** All of the lane: what failed for so long would fail for the events behind it too. */
    private void giveUp(EventLane lane, Throwable why) {
        lanes.remove(lane.clientId());
        int count = lane.size();
        metrics.add(BridgeCounter.EVENTS_LOST, count);
        troubles.lost(lane.clientId(), count, why);
        lane.emptied().complete(null);
    }

    @Override
    public CompletableFuture<Void> settled() {
        return CompletableFuture.allOf(
                lanes.values().stream().map(EventLane::emptied).toArray(CompletableFuture<?>[]::new));
    }

    /** Waits until what was published is stored or given up, but no longer than the patience. */
    void flush(Duration patience) {
        settled()
                .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
