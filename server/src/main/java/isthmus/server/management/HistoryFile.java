package isthmus.server.management;

import isthmus.server.api.Binder;
import isthmus.server.api.Json;
import isthmus.server.operations.InstanceOperations.GroupSample;
import isthmus.server.operations.InstanceOperations.InstanceSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history on the disk: one file of JSON, replaced as a whole; about 160 kB, and 1 kB for each group. A history is worth no
 * failure: when it cannot be written or read, the log says so, and it is missing after the next start. Used by one
 * thread at a time.
 */
public final class HistoryFile {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryFile.class);

    private final Path file;
    private final Json json = new Json();

    /** What is kept, oldest first. */
    record Samples(List<InstanceSample> instance, Map<String, List<GroupSample>> groups) {
        static final Samples NONE = new Samples(List.of(), Map.of());

        Samples {
            instance = List.copyOf(instance);
            groups = Map.copyOf(groups);
        }
    }

    /** @param file in a directory that exists */
    public HistoryFile(Path file) {
        this.file = file;
    }

    Samples read() {
        if (!Files.exists(file)) {
            return Samples.NONE;
        }
        try {
            return Binder.bind(Samples.class, json.read(Files.readAllBytes(file)), "history");
        } catch (IOException | RuntimeException damaged) {
            LOG.warn("The history in {} cannot be read and begins anew: {}", file, damaged.getMessage());
            return Samples.NONE;
        }
    }

    void write(Samples samples) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(fresh, json.write(samples));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException refused) {
            LOG.warn("The history could not be written to {}: {}", file, refused.getMessage());
        }
    }
}
