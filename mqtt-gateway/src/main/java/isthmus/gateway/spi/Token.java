package isthmus.gateway.spi;

/** A temporary token: who has it may do a part of what an account may, for a while. Immutable; any thread. */
public interface Token {
    /** What it is known by: the SHA-256 of its text, in hex digits. */
    String id();

    /** With whose rights. */
    String account();

    boolean reads();

    boolean writes();

    /** Milliseconds since the epoch. */
    long expiresMillis();

    boolean isRevoked();

    /** The topics it is for, whatever the account may do. */
    Rights scope(String clientId);
}
