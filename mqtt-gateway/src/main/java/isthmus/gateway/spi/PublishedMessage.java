package isthmus.gateway.spi;

/**
 * An Application Message on its way up: a Client published it, or it is a Client's Will.
 *
 * @param clientId who published it
 * @param cleanSession the Clean Session flag of that Client's connection
 * @param topic a valid Topic Name whose first level is an existing parent topic
 * @param retain the RETAIN flag
 * @param packetId of a QoS 2 message of a stored session its Packet Identifier, which has to come back with the message
 *     as {@link LoggedMessage#reception}; 0 for every other message
 */
public record PublishedMessage(
        String clientId, boolean cleanSession, String topic, Payload payload, QoS qos, boolean retain, int packetId) {
    /** A message whose Packet Identifier need not be remembered. */
    public PublishedMessage(
            String clientId, boolean cleanSession, String topic, Payload payload, QoS qos, boolean retain) {
        this(clientId, cleanSession, topic, payload, qos, retain, 0);
    }

    /** The same as if the publisher's session were not stored: of a P2P message, for a target that is online only. */
    public PublishedMessage notKept() {
        return new PublishedMessage(clientId, true, topic, payload, qos, retain, packetId);
    }

    /** Whether it is to be kept for a P2P target that is absent. */
    public boolean isToBeKept() {
        return !cleanSession && qos != QoS.AT_MOST_ONCE;
    }

    /** The same with the RETAIN flag 0. */
    public PublishedMessage notRetained() {
        return new PublishedMessage(clientId, cleanSession, topic, payload, qos, false, packetId);
    }
}
