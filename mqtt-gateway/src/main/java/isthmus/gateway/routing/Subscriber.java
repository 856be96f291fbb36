package isthmus.gateway.routing;

import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.QoS;

/** A Client that is online, as the {@link Router} sees it. Called on the feed thread; compared by identity. */
public interface Subscriber {
    String clientId();

    /** Whether its session is stored (Clean Session 0), so that what it misses has to be indexed. */
    boolean stored();

    /** Takes a message without waiting. {@code qos} is the lower of message and subscription. */
    void deliver(LoggedMessage message, QoS qos);
}
