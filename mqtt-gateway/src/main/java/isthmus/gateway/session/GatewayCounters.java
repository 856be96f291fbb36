package isthmus.gateway.session;

import isthmus.gateway.limits.Refusals;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What happened since the start. Any thread. */
public final class GatewayCounters {
    private final Map<DisconnectReason, LongAdder> disconnects = new EnumMap<>(DisconnectReason.class);
    private final LongAdder connections = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder droppedQos0 = new LongAdder();
    private final LongAdder willFailures = new LongAdder();

    private final Refusals refusals = new Refusals();

    public GatewayCounters() {
        for (DisconnectReason reason : DisconnectReason.values()) {
            disconnects.put(reason, new LongAdder());
        }
    }

    void connectionOpened() {
        connections.increment();
    }

    void connectionClosed(DisconnectReason reason) {
        connections.decrement();
        adder(reason).increment();
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
        return adder(reason).sum();
    }

    /** What was refused because a limit was reached. */
    public Refusals refusals() {
        return refusals;
    }

    private LongAdder adder(DisconnectReason reason) {
        LongAdder adder = disconnects.get(reason);
        if (adder == null) {
            throw new IllegalStateException("no counter for " + reason);
        }
        return adder;
    }
}
