package isthmus.queue.api;

/** A message was not stored, or it is not known to be. The text says why and what to do, and never holds a payload. */
public final class AppendException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public enum Reason {
        /** The topic was not created. */
        UNKNOWN_TOPIC,
        /** Body or properties break a bound of the log. */
        MESSAGE_ILLEGAL,
        /** The log refuses writes for now: disk full, busy, shutting down. */
        UNAVAILABLE,
        /** Stored in memory, but the disk did not confirm in time. */
        FLUSH_TIMEOUT
    }

    public AppendException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
