package isthmus.gateway.spi;

/**
 * The Will of a connection that is open, or that a kill has cut (MQTT 3.1.1, section 3.1.2.5).
 *
 * @param channelId the Network Connection it belongs to
 * @param account the one that the Client signed on with, which has to be permitted to publish it
 */
public record KeptWill(String channelId, String account, PublishedMessage message) {}
