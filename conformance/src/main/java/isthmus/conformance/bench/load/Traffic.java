package isthmus.conformance.bench.load;

/**
 * What is sent. Publisher <i>i</i> sends to a topic of its own, to which subscriber <i>i</i> subscribes.
 *
 * @param messagesPerSecond of all publishers together; 0: as fast as the two windows allow
 * @param unacknowledged messages with QoS 1 that a publisher has sent and the server has not acknowledged, at most
 * @param undelivered messages that a publisher has sent and its subscriber has not received, at most. With QoS 0 this is
 *     what keeps a server from having to drop; so the figure is what it can carry, not what it can be offered
 */
public record Traffic(
        int pairs, Service service, int payloadBytes, int messagesPerSecond, int unacknowledged, int undelivered) {
    public Traffic {
        if (pairs < 1 || messagesPerSecond < 0 || undelivered < 1) {
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
        return new Traffic(pairs, service, 100, messagesPerSecond, 1000, 100_000);
    }

    /** As fast as messages are acknowledged, whether or not anybody receives them; acknowledgements may be slow. */
    public static Traffic filling(Service service, int payloadBytes) {
        return new Traffic(1, service, payloadBytes, 0, 10_000, Integer.MAX_VALUE);
    }

    /** As fast as messages are acknowledged and delivered. */
    public static Traffic fullSpeed(int pairs, Service service) {
        return new Traffic(pairs, service, 100, 0, 100, 500);
    }
}
