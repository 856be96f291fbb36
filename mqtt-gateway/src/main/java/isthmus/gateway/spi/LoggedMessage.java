package isthmus.gateway.spi;

import org.jspecify.annotations.Nullable;

/**
 * A message on its way down, as it was read from the log.
 *
 * @param position its place in the log; grows in delivery order
 * @param topic the Topic Name that filters are matched with
 * @param topicSeen the Topic Name that receivers see; the same but for {@code mqttRealTopic}
 * @param qos at most this Quality of Service
 * @param retain whether it is to be the topic's retained message (an empty payload clears it)
 * @param target the Client Identifier of the only receiver of a P2P message; null for every other message, which goes to
 *     the subscribers
 * @param keep whether a P2P message waits for a target that is absent
 * @param reception under which Packet Identifier a stored session published it with QoS 2; null for every other message
 * @param traceId of the distributed trace that it is part of, shown to who watches a receiver; null: it is in none
 */
public record LoggedMessage(
        long position,
        String topic,
        String topicSeen,
        Payload payload,
        QoS qos,
        boolean retain,
        @Nullable String target,
        boolean keep,
        @Nullable Reception reception,
        @Nullable String traceId) {
    /** A message whose Packet Identifier need not be remembered, and that is in no trace. */
    public LoggedMessage(
            long position,
            String topic,
            String topicSeen,
            Payload payload,
            QoS qos,
            boolean retain,
            @Nullable String target,
            boolean keep) {
        this(position, topic, topicSeen, payload, qos, retain, target, keep, null, null);
    }
}
