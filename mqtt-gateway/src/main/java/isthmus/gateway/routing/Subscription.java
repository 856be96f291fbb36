package isthmus.gateway.routing;

import isthmus.gateway.spi.QoS;
import isthmus.gateway.topics.TopicFilter;

/**
 * A subscription of one session.
 *
 * @param since messages after this position belong to it; {@link #UNDATED} while the Client has asked for it and it is not
 *     in effect yet
 */
public record Subscription(TopicFilter filter, QoS qos, long since) {
    public static final long UNDATED = Long.MAX_VALUE;

    /** What a Client asks for. It gets its date on the feed thread, where it takes effect. */
    public static Subscription requested(TopicFilter filter, QoS qos) {
        return new Subscription(filter, qos, UNDATED);
    }

    /** The Client asks for the same filter again: what it still has to receive is not interrupted (section 3.8.4). */
    public Subscription replacedBy(QoS newQos) {
        return needsIndex() ? new Subscription(filter, newQos, since) : requested(filter, newQos);
    }

    public boolean isDated() {
        return since != UNDATED;
    }

    Subscription datedUnlessItIs(long at) {
        return isDated() ? this : new Subscription(filter, qos, at);
    }

    /** Whether the backlog index has to hold messages for it while its (stored) session is absent. */
    boolean needsIndex() {
        return qos != QoS.AT_MOST_ONCE;
    }
}
