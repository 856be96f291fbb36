package isthmus.gateway.session;

import isthmus.gateway.spi.ConnectionEvent;
import isthmus.gateway.spi.ConnectionEvents;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells server applications who is online. The events of a Client come from its session's owner thread, one after the
 * other, and {@code eventIndex} grows with them; it starts from the clock, so that it grows across restarts too.
 */
public final class Presence {
    private final ConnectionEvents events;
    private final Clock clock;
    private final AtomicLong lastIndex = new AtomicLong();

    public Presence(ConnectionEvents events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    void publish(ConnectionEvent.Type type, String clientId, MqttConnection connection) {
        long now = clock.millis();
        long index = lastIndex.updateAndGet(last -> Math.max(last + 1, now));
        events.publish(
                new ConnectionEvent(type, clientId, now, connection.channelId(), index, connection.remoteAddress()));
    }
}
