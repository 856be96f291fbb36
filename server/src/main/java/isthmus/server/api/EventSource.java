package isthmus.server.api;

/** The answer of an operation that streams. */
@FunctionalInterface
public interface EventSource {
    /** The reader is there. Must not block. */
    void start(EventStream stream);
}
