package isthmus.gateway.session;

import isthmus.gateway.limits.Capacity;
import isthmus.gateway.limits.Limit;
import isthmus.gateway.routing.Router;
import isthmus.gateway.routing.Subscriptions;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.MessageLog;
import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.SessionStore;
import isthmus.gateway.spi.Uplink;
import isthmus.gateway.topics.TopicNames;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What every session works with.
 *
 * @param subscriptions the way to the feed thread
 * @param router for {@link Router#indexed()} and {@link Router#retainedTopics()} and {@link Router#inboxes()} only
 * @param readers threads that may block on the disk
 * @param capacity what all sessions share
 * @param pace for reading a long backlog
 */
public record SessionContext(
        Uplink uplink,
        MessageLog log,
        SessionStore store,
        Subscriptions subscriptions,
        Router router,
        Directory directory,
        Executor readers,
        Presence presence,
        SessionLimits limits,
        CatchUpPace pace,
        GatewayCounters counters,
        Capacity capacity,
        Clock clock) {
    /** Whether a Client may set the retained message of a topic. */
    boolean hasRoomToRetain(String topic) {
        return router.retainedTopics().hasRoom(topic, capacity.limits().retainedMessages());
    }

    /** A Will that there is no room to remember is published all the same, but neither retained nor kept. */
    PublishedMessage withinLimits(PublishedMessage will) {
        PublishedMessage message = will;
        if (message.retain() && !message.payload().isEmpty() && !hasRoomToRetain(message.topic())) {
            counters.refusals().count(Limit.RETAINED_MESSAGES);
            message = message.notRetained();
        }
        if (message.isToBeKept() && !hasRoomToKeep(message.topic())) {
            counters.refusals().count(Limit.INBOXES);
            message = message.notKept();
        }
        return message;
    }

    /** Whether a message may be kept for the Client that a P2P topic names; true for all other topics. */
    boolean hasRoomToKeep(String topic) {
        String target = TopicNames.p2pTarget(topic);
        return target == null
                || router.inboxes().hasRoom(target, capacity.limits().inboxes());
    }
}
