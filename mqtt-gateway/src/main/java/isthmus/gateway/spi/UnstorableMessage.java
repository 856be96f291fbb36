package isthmus.gateway.spi;

/** A message that the log will never take, however often it is tried. */
public final class UnstorableMessage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause whose text says why, and holds no payload */
    public UnstorableMessage(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
