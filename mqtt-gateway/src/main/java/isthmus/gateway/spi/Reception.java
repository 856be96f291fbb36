package isthmus.gateway.spi;

/**
 * That a QoS 2 message came from a stored session under this Packet Identifier (section 4.3.3). It travels with the message
 * through the log, so that the message and the memory of its identifier are stored in one step: after a kill, what the log
 * has is not taken a second time when the Client repeats it.
 *
 * @param packetId 1 to 65,535
 */
public record Reception(String clientId, int packetId) {}
