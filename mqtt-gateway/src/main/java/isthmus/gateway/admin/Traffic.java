package isthmus.gateway.admin;

import isthmus.gateway.spi.QoS;
import java.util.concurrent.atomic.LongAdder;

/** Messages in one direction, by QoS. Any thread. */
public final class Traffic {
    private final LongAdder[] messages = new LongAdder[QoS.values().length];
    private final LongAdder[] bytes = new LongAdder[QoS.values().length];

    public Traffic() {
        for (int i = 0; i < messages.length; i++) {
            messages[i] = new LongAdder();
            bytes[i] = new LongAdder();
        }
    }

    /** @param payloadBytes of the Application Message */
    public void add(QoS qos, int payloadBytes) {
        messages[qos.level()].increment();
        bytes[qos.level()].add(payloadBytes);
    }

    public long messages(QoS qos) {
        return messages[qos.level()].sum();
    }

    public long bytes(QoS qos) {
        return bytes[qos.level()].sum();
    }

    /** Of all QoS. */
    public long messages() {
        long sum = 0;
        for (LongAdder each : messages) {
            sum += each.sum();
        }
        return sum;
    }
}
