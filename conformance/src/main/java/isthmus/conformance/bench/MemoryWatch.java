package isthmus.conformance.bench;

import java.util.ArrayList;
import java.util.List;

/** A server's memory, looked at now and then. */
final class MemoryWatch {
    private static final double MIB = 1024.0 * 1024.0;

    private final ServerProcess server;
    private final List<Double> heap = new ArrayList<>();
    private final List<Double> anonymous = new ArrayList<>();

    MemoryWatch(ServerProcess server) {
        this.server = server;
    }

    /** Takes about half a second. */
    void look() {
        heap.add(Math.rint(server.heapAfterCollection().orElseThrow() / MIB));
        anonymous.add(Math.rint(server.usage().anonymousBytes() / MIB));
    }

    List<Figure> figures(String prefix) {
        return List.of(
                new Figure(prefix + "heap after a collection", "MiB", heap),
                new Figure(prefix + "memory without mapped files", "MiB", anonymous));
    }
}
