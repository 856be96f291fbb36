package isthmus.gateway.admin;

/**
 * The connection of a Client that is online.
 *
 * @param address {@code ip:port}
 * @param sinceMillis when it was accepted, milliseconds since the epoch
 * @param account the AccessKey with which it signed on
 * @param keepAliveSeconds as the Client asked for
 */
public record ClientConnection(
        String address, long sinceMillis, String account, boolean cleanSession, int keepAliveSeconds) {}
