package isthmus.gateway.session;

import isthmus.gateway.spi.ConnectionEvent;
import isthmus.gateway.spi.ConnectionEvents;
import isthmus.gateway.spi.OpenConnection;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells server applications who is online. The events of a Client come from its session's owner thread, one after the
 * other, and {@code eventIndex} grows with them; it starts from the clock and is never below what the log has met, so that
 * it grows across restarts too.
 */
public final class Presence {
    private final ConnectionEvents events;
    private final Clock clock;
    private final AtomicLong lastIndex = new AtomicLong();

    public Presence(ConnectionEvents events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** Events before the start had indexes up to this one, and the clock may have been set back since. */
    public void continueAfter(long eventIndex) {
        lastIndex.accumulateAndGet(eventIndex, Math::max);
    }

    void publish(ConnectionEvent.Type type, String clientId, MqttConnection connection) {
        publish(type, clientId, connection.channelId(), connection.remoteAddress());
    }

    /** Of a connection that nobody saw the end of. */
    void publishEnd(OpenConnection cut) {
        publish(ConnectionEvent.Type.TCP_CLEAN, cut.clientId(), cut.channelId(), cut.clientIp());
    }

    private void publish(ConnectionEvent.Type type, String clientId, String channelId, String clientIp) {
        long now = clock.millis();
        long index = lastIndex.updateAndGet(last -> Math.max(last + 1, now));
        events.publish(new ConnectionEvent(type, clientId, now, channelId, index, clientIp));
    }
}
