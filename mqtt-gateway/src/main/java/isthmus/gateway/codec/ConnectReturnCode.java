package isthmus.gateway.codec;

/** The answers to a CONNECT (section 3.2.2.3). */
public enum ConnectReturnCode {
    ACCEPTED(0),
    UNACCEPTABLE_PROTOCOL_VERSION(1),
    IDENTIFIER_REJECTED(2),
    SERVER_UNAVAILABLE(3),
    BAD_USER_NAME_OR_PASSWORD(4),
    NOT_AUTHORIZED(5);

    private final int wire;

    ConnectReturnCode(int wire) {
        this.wire = wire;
    }

    /** The number on the wire. */
    public int wire() {
        return wire;
    }
}
