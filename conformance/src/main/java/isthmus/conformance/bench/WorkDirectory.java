package isthmus.conformance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory on the disk of the source tree, for one server's data. Closing removes it and all that is in it. */
record WorkDirectory(Path path) implements AutoCloseable {
    static WorkDirectory in(Path parent) {
        try {
            return new WorkDirectory(Files.createTempDirectory(Files.createDirectories(parent), "bench-"));
        } catch (IOException e) {
            throw new BenchFailure("no directory can be made in " + parent + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new BenchFailure(path + " could not be removed: " + e.getMessage(), e);
        }
    }
}
