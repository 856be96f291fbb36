package isthmus.queue.api.admin;

/** An operation was refused, and changed nothing. The text says why and what to do; it holds no payload and no secret. */
public final class OperationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String field;

    public enum Reason {
        /** What {@link #field} names does not exist. */
        NOT_FOUND,
        /** The value of {@link #field} is not one that is taken. */
        INVALID,
        /** It does not go together with the state things are in, such as deleting what runs. */
        CONFLICT,
        /** The client is not connected, or did not answer in time. */
        UNREACHABLE,
        /** The queue core cannot do it for now. */
        UNAVAILABLE
    }

    /** @param field the input that is at fault, by the name that the operation gives it */
    public OperationException(Reason reason, String field, String message) {
        super(message);
        this.reason = reason;
        this.field = field;
    }

    /**
     * A value that is not taken.
     *
     * @param expected which values are
     */
    public static OperationException invalid(String field, Object value, String expected) {
        return new OperationException(Reason.INVALID, field, field + ": " + value + " (expected: " + expected + ")");
    }

    public Reason reason() {
        return reason;
    }

    public String field() {
        return field;
    }
}
