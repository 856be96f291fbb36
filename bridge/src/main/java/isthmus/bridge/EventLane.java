package isthmus.bridge;

import isthmus.gateway.spi.ConnectionEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The events of one client that are on their way into the log: one in flight, the others behind it. A lane exists only
 * while there is something in it.
 *
 * <p>A lane is carried by one thread after the other: by whoever sends its current event, then by whoever learns the
 * outcome. Only {@link #add} is called by others, and like {@link #advance} only while {@link ClientEvents} holds the
 * lane's entry in its map.
 */
final class EventLane {
    /** More behind it, and the oldest go: a newer event tells more about a client than an older one. */
    private static final int MAX_WAITING = 32;

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final Deque<ConnectionEvent> waiting = new ArrayDeque<>(2);
    private final CompletableFuture<Void> emptied = new CompletableFuture<>();
    private ConnectionEvent current;
    private int failures;

    EventLane(ConnectionEvent first) {
        this.current = first;
    }

    ConnectionEvent current() {
        return current;
    }

    String clientId() {
        return current.clientId();
    }

    /** @return how many of those that wait had to go */
    int add(ConnectionEvent event) {
        waiting.add(event);
        return waiting.size() <= MAX_WAITING ? 0 : makeRoom();
    }

    /** The oldest connection of which nothing has been told goes with all its events, so that the others stay whole. */
    private int makeRoom() {
        int before = waiting.size();
        for (ConnectionEvent event : waiting) {
            if (event.type() == ConnectionEvent.Type.CONNECT && isOver(event.channelId())) {
                waiting.removeIf(other -> other.channelId().equals(event.channelId()));
                return before - waiting.size();
            }
        }
        waiting.remove();
        return 1;
    }

    private boolean isOver(String channelId) {
        return waiting.stream()
                .anyMatch(event -> event.type() == ConnectionEvent.Type.TCP_CLEAN
                        && event.channelId().equals(channelId));
    }

    /** Makes the next event the current one. @return this lane, or null when it is empty now */
    @Nullable
    EventLane advance() {
        ConnectionEvent next = waiting.poll();
        if (next == null) {
            return null;
        }
        current = next;
        return this;
    }

    /** Events in it, the current one included. For the carrier, when nobody can add any more. */
    int size() {
        return 1 + waiting.size();
    }

    /** The log took an event: failures are counted from none again. */
    void succeeded() {
        failures = 0;
    }

    /** @return how many attempts in a row have failed now */
    int failed() {
        return ++failures;
    }

    /** How long to wait after the last failure. */
    long pauseMillis() {
        int doublings = Math.min(failures - 1, 10);
        return Math.min(FIRST_PAUSE_MILLIS << doublings, LONGEST_PAUSE_MILLIS);
    }

    /** Completes when the lane is empty and given up. */
    CompletableFuture<Void> emptied() {
        return emptied;
    }
}
