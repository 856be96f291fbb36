package isthmus.gateway.spi;

/**
 * What server applications learn of a Client's presence.
 *
 * @param clientId who
 * @param timeMillis when, milliseconds since the epoch
 * @param channelId the Network Connection: 32 hex digits, never used twice
 * @param eventIndex strictly increasing per Client, across restarts too
 * @param clientIp address and port of the Client, {@code ip:port}
 */
public record ConnectionEvent(
        Type type, String clientId, long timeMillis, String channelId, long eventIndex, String clientIp) {
    public enum Type {
        /** The Client went online. */
        CONNECT("connect"),
        /** A DISCONNECT Packet came. */
        DISCONNECT("disconnect"),
        /** The Network Connection ended; follows every {@link #CONNECT}, after the DISCONNECT if there was one. */
        TCP_CLEAN("tcpclean");

        private final String tag;

        Type(String tag) {
            this.tag = tag;
        }

        /** The name on the wire: message tag and {@code eventType}. */
        public String tag() {
            return tag;
        }
    }
}
