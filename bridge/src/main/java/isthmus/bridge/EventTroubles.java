package isthmus.bridge;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what goes wrong with client events, without flooding it: ten thousand clients that lose their
 * connection at once are ten thousand events, but one trouble. Any thread.
 */
final class EventTroubles {
    private static final Logger LOG = LoggerFactory.getLogger(EventTroubles.class);
    private static final long QUIET_MILLIS = Duration.ofMinutes(1).toMillis();

    /** There are as many groups as somebody created; the bound is for the day on which that is no longer so. */
    private static final int MAX_GROUPS = 10_000;

    private final Clock clock;
    private final Set<String> groupsWithoutTopic = ConcurrentHashMap.newKeySet();
    private final AtomicLong quietUntil = new AtomicLong(Long.MIN_VALUE);

    EventTroubles(Clock clock) {
        this.clock = clock;
    }

    /** Once per group. */
    void noTopic(String groupId) {
        if (groupsWithoutTopic.size() < MAX_GROUPS && groupsWithoutTopic.add(groupId)) {
            LOG.warn(
                    "Nobody will learn when clients of group {} come and go: its event topic {} does not exist."
                            + " Create the topic if a server application is to know.",
                    groupId,
                    EventTopics.of(groupId));
        }
    }

    /** At most once a minute. */
    void waiting(Throwable why) {
        if (mayTalk()) {
            LOG.warn("The log does not take client events now, so they wait and are tried again: {}", why.getMessage());
        }
    }

    /** At most once a minute. */
    void lost(String clientId, int count, Throwable why) {
        if (mayTalk()) {
            LOG.warn(
                    "Gave up {} event(s) of client {}, whose state server applications now know wrongly until its next"
                            + " event; others may be concerned: {}",
                    count,
                    clientId,
                    why.toString());
        }
    }

    private boolean mayTalk() {
        long now = clock.millis();
        long until = quietUntil.get();
        return now >= until && quietUntil.compareAndSet(until, now + QUIET_MILLIS);
    }
}
