package isthmus.gateway.spi;

/**
 * A connection whose {@code connect} event stands in the log and whose {@code tcpclean} does not. After a kill these are
 * the connections that the kill has cut.
 *
 * @param clientId who
 * @param channelId the Network Connection, as in {@link ConnectionEvent}
 * @param clientIp address and port of the Client, {@code ip:port}
 */
public record OpenConnection(String clientId, String channelId, String clientIp) {}
