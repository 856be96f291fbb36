package isthmus.gateway.spi;

/** A message that the log will never take, however often it is tried. The text says why, and never holds a payload. */
public final class UnstorableMessage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnstorableMessage(String message, Throwable cause) {
        super(message, cause);
    }
}
