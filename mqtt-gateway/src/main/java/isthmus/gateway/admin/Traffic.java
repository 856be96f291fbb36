package isthmus.gateway.admin;

import isthmus.gateway.limits.Counts;
import isthmus.gateway.spi.QoS;

/** Messages in one direction, by QoS. Any thread. */
public final class Traffic {
    private final Counts<QoS> messages = new Counts<>(QoS.class);
    private final Counts<QoS> bytes = new Counts<>(QoS.class);

    /** @param payloadBytes of the Application Message */
    public void add(QoS qos, int payloadBytes) {
        messages.count(qos);
        bytes.count(qos, payloadBytes);
    }

    public long messages(QoS qos) {
        return messages.of(qos);
    }

    public long bytes(QoS qos) {
        return bytes.of(qos);
    }

    /** Of all QoS. */
    public long messages() {
        return messages.sum();
    }
}
