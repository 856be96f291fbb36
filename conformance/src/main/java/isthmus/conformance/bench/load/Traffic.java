package isthmus.conformance.bench.load;

/**
 * What is sent.
 *
 * @param messagesPerSecond of all publishers together; 0: as fast as the two windows allow
 * @param unacknowledged messages with QoS 1 that a publisher has sent and the server has not acknowledged, at most
 * @param undelivered messages that a publisher has sent and its subscribers have not received, at most. With QoS 0 this is
 *     what keeps a server from having to drop; so the figure is what it can carry, not what it can be offered
 */
public record Traffic(
        Shape shape, Service service, int payloadBytes, int messagesPerSecond, int unacknowledged, int undelivered) {
    private static final int PAYLOAD_BYTES = 100;
    /** Of all publishers of a fan-in together: so little that a server which keeps a thousand messages drops none. */
    private static final int FAN_IN_UNDELIVERED = 800;
    /** Times the number of subscribers, so many deliveries are under way. */
    private static final int FAN_OUT_UNDELIVERED = 50;

    public Traffic {
        if (messagesPerSecond < 0 || undelivered < 1) {
            throw new IllegalArgumentException("nothing would be sent");
        }
        if (payloadBytes < Stamp.BYTES || payloadBytes > 100_000) {
            throw new IllegalArgumentException("payloads of " + Stamp.BYTES + ".. 100000 bytes expected");
        }
        if (unacknowledged < 1 || unacknowledged > 65_535) {
            throw new IllegalArgumentException("MQTT has 65535 Packet Identifiers");
        }
    }

    /** At a fixed rate: each message has a time at which it is due, whatever became of those before it. */
    public static Traffic steady(int pairs, Service service, int messagesPerSecond) {
        return new Traffic(Shape.pairs(pairs), service, PAYLOAD_BYTES, messagesPerSecond, 1000, 100_000);
    }

    /** As fast as messages are acknowledged, whether or not anybody receives them; acknowledgements may be slow. */
    public static Traffic filling(Service service, int payloadBytes) {
        return new Traffic(Shape.pairs(1), service, payloadBytes, 0, 10_000, Integer.MAX_VALUE);
    }

    /** Pairs, as fast as messages are acknowledged and delivered. */
    public static Traffic fullSpeed(int pairs, Service service) {
        return fullSpeed(Shape.pairs(pairs), service);
    }

    /** As fast as messages are acknowledged and delivered. */
    public static Traffic fullSpeed(Shape shape, Service service) {
        int undelivered = shape.copies() > 1
                ? FAN_OUT_UNDELIVERED
                : shape.publishers() > shape.subscribers() ? FAN_IN_UNDELIVERED / shape.publishers() : 500;
        return new Traffic(shape, service, PAYLOAD_BYTES, 0, 100, undelivered);
    }
}
