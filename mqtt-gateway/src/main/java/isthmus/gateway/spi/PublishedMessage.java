package isthmus.gateway.spi;

/**
 * An Application Message on its way up: a Client published it, or it is a Client's Will.
 *
 * @param clientId who published it
 * @param cleanSession the Clean Session flag of that Client's connection
 * @param topic a valid Topic Name whose first level is an existing parent topic
 * @param retain the RETAIN flag
 */
public record PublishedMessage(
        String clientId, boolean cleanSession, String topic, Payload payload, QoS qos, boolean retain) {}
