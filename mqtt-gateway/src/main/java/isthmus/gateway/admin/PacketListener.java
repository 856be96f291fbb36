package isthmus.gateway.admin;

/** Sees the packets of one Client, never their payloads. Called on event loops: must not block. */
public interface PacketListener {
    /** What is seen. */
    enum Kind {
        RECEIVED,
        SENT,
        DECISION
    }

    /**
     * A packet, or a decision about the Client.
     *
     * @param name of the packet, such as {@code PUBLISH}, or of the decision, such as {@code DISCONNECT}
     * @param detail what is in it, without payloads, passwords and keys
     */
    void on(Kind kind, String name, String detail);
}
