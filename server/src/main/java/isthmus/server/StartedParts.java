package isthmus.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of the server that have started, so that they can be stopped in the opposite order: each part uses those
 * that were added before it. One thread at a time.
 */
final class StartedParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StartedParts.class);

    private final Deque<Part> parts = new ArrayDeque<>();

    private record Part(String name, AutoCloseable closeable) {}

    /** @param name for the log, when the part does not stop */
    <T extends AutoCloseable> T add(String name, T part) {
        parts.push(new Part(name, part));
        return part;
    }

    /**
     * Stops every part, whatever happens to the others.
     *
     * @throws IllegalStateException at the end, naming the first part that did not stop
     */
    @Override
    public void close() {
        IllegalStateException failure = null;
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                LOG.debug("stopping {}", part.name);
                part.closeable.close();
            } catch (Exception e) {
                LOG.error("{} did not stop cleanly", part.name, e);
                failure = failure == null ? new IllegalStateException(part.name + " did not stop cleanly", e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
