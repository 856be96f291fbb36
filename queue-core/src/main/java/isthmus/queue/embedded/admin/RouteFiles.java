package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.OperationException;
import isthmus.queue.api.admin.OperationException.Reason;
import isthmus.queue.api.admin.RouteDefinition;
import isthmus.queue.embedded.OwnerOnlyFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Definitions of routes, one file each, which only the owner may read because of the keys in it. Replaced as a whole. Used
 * by one thread at a time.
 */
final class RouteFiles {
    private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);
    private static final String SUFFIX = ".route";
    private static final String ORIGIN = "origin";

    private final Path directory;

    RouteFiles(Path directory) {
        this.directory = directory;
    }

    /** A definition, and whether the route runs. */
    record Saved(RouteDefinition definition, boolean running) {}

    /** What was saved. A file that is damaged is left alone and named in the log. */
    List<Saved> load() {
        List<Saved> saved = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return saved;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                try {
                    saved.add(read(file));
                } catch (IOException | RuntimeException damaged) {
                    LOG.error("The route in {} cannot be read and does not run: {}", file, damaged.getMessage());
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The routes in " + directory + " cannot be read", unreadable);
        }
        return saved;
    }

    private static Saved read(Path file) throws IOException {
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
        }
        return new Saved(
                new RouteDefinition(
                        values.getProperty("name", ""),
                        values.getProperty("topic", ""),
                        values.getProperty("tags", ""),
                        values.getProperty("targetNameServer", ""),
                        values.getProperty("targetTopic", ""),
                        values.getProperty("accessKey"),
                        values.getProperty("secretKey"),
                        values.getProperty("description", "")),
                Boolean.parseBoolean(values.getProperty("running")));
    }

    void save(RouteDefinition route, boolean running) {
        Properties values = new Properties();
        values.setProperty("name", route.name());
        values.setProperty("topic", route.topic());
        values.setProperty("tags", route.tags());
        values.setProperty("targetNameServer", route.targetNameServer());
        values.setProperty("targetTopic", route.targetTopic());
        values.setProperty("description", route.description());
        values.setProperty("running", Boolean.toString(running));
        putIfThere(values, "accessKey", route.accessKey());
        putIfThere(values, "secretKey", route.secretKey());
        try {
            replace(directory.resolve(route.name() + SUFFIX), values);
        } catch (IOException full) {
            throw new OperationException(
                    Reason.UNAVAILABLE, "name", "The route could not be written down: " + full.getMessage());
        }
    }

    private static void putIfThere(Properties values, String name, @Nullable String value) {
        if (value != null) {
            values.setProperty(name, value);
        }
    }

    private void replace(Path file, Properties values) throws IOException {
        StringWriter text = new StringWriter();
        values.store(text, null);
        Files.createDirectories(directory);
        OwnerOnlyFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(directory.resolve(name + SUFFIX));
        } catch (IOException refused) {
            throw new OperationException(
                    Reason.UNAVAILABLE, "name", "The route's file could not be deleted: " + refused.getMessage());
        }
    }

    /** Tells this installation from others; made when first asked for. */
    String origin() {
        Path file = directory.resolve(ORIGIN);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(directory);
                Files.writeString(file, UUID.randomUUID().toString().substring(0, 8));
            }
            return Files.readString(file).strip();
        } catch (IOException refused) {
            throw new OperationException(
                    Reason.UNAVAILABLE, "name", "The file " + file + " cannot be written: " + refused.getMessage());
        }
    }
}
