package isthmus.gateway.session;

import isthmus.gateway.limits.Counts;
import isthmus.gateway.limits.Refusals;
import java.util.concurrent.atomic.LongAdder;

/** What happened since the start. Any thread. */
public final class GatewayCounters {
    private final Counts<DisconnectReason> disconnects = new Counts<>(DisconnectReason.class);
    private final LongAdder connections = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder droppedQos0 = new LongAdder();
    private final LongAdder willFailures = new LongAdder();
    private final Refusals refusals = new Refusals();

    void connectionOpened() {
        connections.increment();
    }

    void connectionClosed(DisconnectReason reason) {
        connections.decrement();
        disconnects.count(reason);
    }

    void messageReceived() {
        received.increment();
    }

    void messageSent() {
        sent.increment();
    }

    void qos0Dropped() {
        droppedQos0.increment();
    }

    void willFailed() {
        willFailures.increment();
    }

    /** Network Connections that are open now. */
    public long openConnections() {
        return connections.sum();
    }

    /** PUBLISH Packets received. */
    public long messagesReceived() {
        return received.sum();
    }

    /** PUBLISH Packets sent, those sent again included. */
    public long messagesSent() {
        return sent.sum();
    }

    /** QoS 0 messages not sent because the Client did not read fast enough. */
    public long qos0MessagesDropped() {
        return droppedQos0.sum();
    }

    /** Will Messages that the log did not store. */
    public long willsFailed() {
        return willFailures.sum();
    }

    public long disconnects(DisconnectReason reason) {
        return disconnects.of(reason);
    }

    /** What was refused because a limit was reached. */
    public Refusals refusals() {
        return refusals;
    }
}
