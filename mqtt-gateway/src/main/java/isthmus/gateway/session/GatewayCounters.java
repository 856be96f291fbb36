package isthmus.gateway.session;

import isthmus.gateway.admin.LatencyHistogram;
import isthmus.gateway.admin.Traffic;
import isthmus.gateway.codec.ConnectReturnCode;
import isthmus.gateway.limits.Counts;
import isthmus.gateway.limits.Limit;
import isthmus.gateway.limits.Refusals;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.QoS;
import java.util.concurrent.atomic.LongAdder;

/** What happened since the start. Any thread. */
public final class GatewayCounters {
    private final Counts<DisconnectReason> disconnects = new Counts<>(DisconnectReason.class);
    private final LongAdder connections = new LongAdder();
    private final Traffic received = new Traffic();
    private final Traffic sent = new Traffic();
    private final LongAdder acknowledgements = new LongAdder();
    private final LongAdder acknowledgementsSent = new LongAdder();
    private final LatencyHistogram appendLatency = new LatencyHistogram();
    private final LatencyHistogram deliveryLatency = new LatencyHistogram();
    private final Counts<ConnectReturnCode> refusedConnects = new Counts<>(ConnectReturnCode.class);
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

    void messageReceived(QoS qos, int payloadBytes) {
        received.add(qos, payloadBytes);
    }

    void messageSent(QoS qos, int payloadBytes) {
        sent.add(qos, payloadBytes);
    }

    void acknowledged() {
        acknowledgements.increment();
    }

    void acknowledgementSent() {
        acknowledgementsSent.increment();
    }

    void connectRefused(ConnectReturnCode code) {
        refusedConnects.count(code);
    }

    void qos0Dropped() {
        droppedQos0.increment();
    }

    /** What came of a parent topic that a Client wanted to use. */
    void parentTopicAsked(Directory.Made outcome) {
        if (outcome == Directory.Made.TOO_MANY) {
            refusals.count(Limit.PARENT_TOPICS);
        }
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
        return received.messages();
    }

    /** PUBLISH Packets sent, those sent again included. */
    public long messagesSent() {
        return sent.messages();
    }

    /** PUBLISH Packets received, by QoS. */
    public Traffic received() {
        return received;
    }

    /** PUBLISH Packets sent, by QoS. */
    public Traffic sent() {
        return sent;
    }

    /** Messages with QoS 1 or 2 that Clients have completely acknowledged. */
    public long acknowledgementsReceived() {
        return acknowledgements.sum();
    }

    /** PUBACK and PUBREC Packets sent: messages that the log has. */
    public long acknowledgementsSent() {
        return acknowledgementsSent.sum();
    }

    /** From handing a message to the log until it is stored, one message in 16. */
    public LatencyHistogram appendLatency() {
        return appendLatency;
    }

    /** From the feed's handing a message over until the session sends it, one message in 64 of each Client. */
    public LatencyHistogram deliveryLatency() {
        return deliveryLatency;
    }

    /** CONNECT Packets that were answered with this code. */
    public long refusedConnects(ConnectReturnCode code) {
        return refusedConnects.of(code);
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
