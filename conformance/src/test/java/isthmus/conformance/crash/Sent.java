package isthmus.conformance.crash;

/**
 * A message that somebody sent, and what the sender knows of it. Its publisher's thread writes, everybody reads.
 *
 * <p>The payload begins with the message's name, {@code PUBLISHER-NUMBER}, by which it is known wherever it turns up. Only
 * a message that clears a retained one has no payload; its topic is used for no other such message.
 */
final class Sent {
    private final String publisher;
    private final int number;
    private final String topic;
    private final int qos;
    private final boolean retain;
    private final boolean keep;
    private final String payload;
    private volatile int attempts;
    private volatile long sentNanos;
    private volatile boolean acknowledged;

    Sent(String publisher, int number, String topic, int qos, boolean retain, boolean keep, int filler) {
        this.publisher = publisher;
        this.number = number;
        this.topic = topic;
        this.qos = qos;
        this.retain = retain;
        this.keep = keep;
        this.payload = filler < 0 ? "" : publisher + "-" + number + " " + "x".repeat(filler);
    }

    /** The name of the message with this topic and payload. */
    static String nameOf(String topic, String payload) {
        int end = payload.indexOf(' ');
        return payload.isEmpty() ? "clear of " + topic : end < 0 ? payload : payload.substring(0, end);
    }

    String name() {
        return nameOf(topic, payload);
    }

    String publisher() {
        return publisher;
    }

    /** Grows with every message of the publisher. */
    int number() {
        return number;
    }

    String topic() {
        return topic;
    }

    int qos() {
        return qos;
    }

    boolean retain() {
        return retain;
    }

    /** Of a P2P message: whether it waits for an absent target. */
    boolean keep() {
        return keep;
    }

    String payload() {
        return payload;
    }

    /** About to be sent, for the first time or again. */
    void attempt() {
        attempts++;
        if (attempts == 1) {
            sentNanos = System.nanoTime();
        }
    }

    int attempts() {
        return attempts;
    }

    long sentNanos() {
        return sentNanos;
    }

    /** PUBACK or PUBREC came, or the producer's result: from here on it must not be lost. */
    void acknowledge() {
        acknowledged = true;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    /** With QoS 2, or when it was never repeated, the log has it at most once; otherwise as often as it was sent. */
    int mostInLog() {
        return qos == 2 ? 1 : attempts;
    }
}
