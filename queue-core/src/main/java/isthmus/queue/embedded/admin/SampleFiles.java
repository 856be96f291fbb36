package isthmus.queue.embedded.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts on the disk: one file a day, of lines {@code minute count topic [group]}, appended to once a minute and deleted
 * when the day is out of reach of reports. Used by one thread at a time. Reports are worth no failure: what cannot be
 * written or read is missing in them, and the log says so.
 */
final class SampleFiles {
    private static final Logger LOG = LoggerFactory.getLogger(SampleFiles.class);
    private static final int MINUTES_PER_DAY = 24 * 60;
    private static final String SUFFIX = ".samples";

    private final Path directory;

    SampleFiles(Path directory) {
        this.directory = directory;
    }

    void append(int minute, Map<Series, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        counts.forEach((series, count) -> lines.append(minute)
                .append(' ')
                .append(count)
                .append(' ')
                .append(series.text())
                .append('\n'));
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    directory.resolve(day(minute) + SUFFIX),
                    lines,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException refused) {
            LOG.warn("The counts of a minute could not be written down for reports: {}", refused.getMessage());
        }
    }

    private static LocalDate day(int minute) {
        return LocalDate.ofEpochDay(minute / MINUTES_PER_DAY);
    }

    void load(int now, SampleTable table) {
        for (Path file : files()) {
            try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
                lines.forEach(line -> read(line, now, table));
            } catch (IOException | RuntimeException damaged) {
                LOG.warn("The counts in {} could not be read and are missing in reports: {}", file, damaged.toString());
            }
        }
    }

    /** A line that a kill cut in half is passed over. */
    private static void read(String line, int now, SampleTable table) {
        String[] parts = line.split(" ", 3);
        if (parts.length < 3 || !isNumber(parts[0]) || !isNumber(parts[1])) {
            return;
        }
        int minute = Integer.parseInt(parts[0]);
        Optional<Series> series = Series.parse(parts[2]);
        if (series.isPresent() && minute > now - SampleTable.KEPT_MINUTES && minute <= now) {
            table.add(series.get(), minute, Long.parseLong(parts[1]));
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    void deleteOld(int now) {
        String oldest = day(now - SampleTable.KEPT_MINUTES) + SUFFIX;
        for (Path file : files()) {
            if (String.valueOf(file.getFileName()).compareTo(oldest) < 0) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException refused) {
                    LOG.warn("The old counts {} could not be deleted: {}", file, refused.getMessage());
                }
            }
        }
    }

    /** Oldest first. */
    private Iterable<Path> files() {
        TreeSet<Path> files = new TreeSet<>();
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            found.forEach(files::add);
        } catch (IOException unreadable) {
            LOG.warn("The counts in {} cannot be read: {}", directory, unreadable.getMessage());
        }
        return files;
    }
}
