package isthmus.server.api.access;

import isthmus.server.api.Binder;
import isthmus.server.api.Json;
import isthmus.server.api.Problem;
import isthmus.server.files.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every write, one line of JSON each, in two files of the data directory: when the newer one is full it becomes the older
 * one, whose entries are forgotten. Any thread; blocks on the disk.
 */
public final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final long MOST_BYTES = 4 << 20;

    /** Makes the entry once its number is known. */
    @FunctionalInterface
    public interface Numbered {
        AuditEntry at(long number);
    }

    private final Path newer;
    private final Path older;
    private final Json json = new Json();
    private long next;

    private AuditLog(Path directory) {
        newer = directory.resolve("audit.jsonl");
        older = directory.resolve("audit-older.jsonl");
        endLine();
        next = newestFirst().stream().findFirst().map(AuditEntry::number).orElse(0L) + 1;
    }

    /** @param directory made if it is missing */
    public static AuditLog open(Path directory) {
        try {
            OwnerOnly.createDirectories(directory);
            return new AuditLog(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the audit log cannot be opened in " + directory, e);
        }
    }

    /** What a kill has cut must not take the next entry with it. */
    private void endLine() {
        try {
            if (Files.exists(newer) && Files.size(newer) > 0) {
                Files.writeString(newer, "\n", StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the audit log cannot be written: " + newer, e);
        }
    }

    /** Writes an entry. A disk that refuses is reported; the operation was carried out all the same. */
    public synchronized void add(Numbered entry) {
        AuditEntry numbered = entry.at(next);
        byte[] line = (json.text(numbered) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            if (Files.exists(newer) && Files.size(newer) + line.length > MOST_BYTES) {
                Files.move(newer, older, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.write(newer, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            next++;
        } catch (IOException e) {
            LOG.error("the audit log does not take {} by {}: {}", numbered.operation(), numbered.token(), e.toString());
        }
    }

    /**
     * Entries from the newest back.
     *
     * @param before only those with a smaller number
     * @param limit at most this many
     */
    public synchronized List<AuditEntry> find(long before, int limit, Predicate<AuditEntry> wanted) {
        return newestFirst().stream()
                .filter(entry -> entry.number() < before && wanted.test(entry))
                .limit(limit)
                .toList();
    }

    private List<AuditEntry> newestFirst() {
        List<AuditEntry> entries = new ArrayList<>();
        for (Path file : List.of(older, newer)) {
            if (Files.exists(file)) {
                read(file, entries);
            }
        }
        Collections.reverse(entries);
        return entries;
    }

    private void read(Path file, List<AuditEntry> entries) {
        try (Stream<String> lines = Files.lines(file)) {
            lines.filter(line -> !line.isEmpty()).forEach(line -> readLine(line, entries));
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} cannot be read to its end: {}", file, e.toString());
        }
    }

    /** A line that a kill has cut is left out. */
    private void readLine(String line, List<AuditEntry> entries) {
        try {
            entries.add(Binder.bind(AuditEntry.class, json.read(line.getBytes(StandardCharsets.UTF_8)), "line"));
        } catch (IOException | Problem broken) {
            LOG.debug("a line of the audit log is broken");
        }
    }
}
