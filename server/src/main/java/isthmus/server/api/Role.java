package isthmus.server.api;

/** What the holder of a token may do. Each role includes those before it. */
public enum Role {
    /** Sees everything but secrets. */
    READ,
    /** Acts on clients and messages: disconnects, bans, publishes, resends. */
    OPERATE,
    /** Changes accounts, permissions, tokens and the configuration. */
    ADMIN;

    /** Whether this role is enough for what asks for the other. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
