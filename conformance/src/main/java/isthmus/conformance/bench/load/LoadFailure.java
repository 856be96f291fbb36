package isthmus.conformance.bench.load;

/** The load could not be put on the server; the message says why, for a person. */
public final class LoadFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoadFailure(String message) {
        super(message);
    }

    LoadFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
