package isthmus.gateway.routing;

import isthmus.gateway.spi.QoS;
import isthmus.gateway.topics.TopicFilter;

/**
 * A subscription of one session.
 *
 * @param since messages after this position belong to it
 */
public record Subscription(TopicFilter filter, QoS qos, long since) {
    /** Whether the backlog index has to hold messages for it while its (stored) session is absent. */
    boolean needsIndex() {
        return qos != QoS.AT_MOST_ONCE;
    }
}
