package isthmus.queue.embedded;

/** The embedded queue core could not start. The text names the setting, port or directory, and the way out. */
public final class QueueStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public QueueStartException(String message) {
        super(message);
    }

    public QueueStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
