package isthmus.server.permissions;

/** A policy document that cannot be read. */
public final class PolicyProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String reason;

    /** @param field where, such as {@code Statement[0].Action} */
    PolicyProblem(String field, String message) {
        super(field + ": " + message);
        this.field = field;
        this.reason = message;
    }

    public String field() {
        return field;
    }

    /** What is wrong there, without the field. */
    public String reason() {
        return reason;
    }
}
