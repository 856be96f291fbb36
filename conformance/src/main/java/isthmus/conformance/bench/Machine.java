package isthmus.conformance.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the figures were measured on. */
final class Machine {
    private Machine() {}

    static String describe() {
        String memory = value("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
        return Runtime.getRuntime().availableProcessors() + " cores"
                + Stream.of(value("/proc/cpuinfo", "model name"))
                        .filter(name -> !name.isEmpty())
                        .map(name -> " of " + name)
                        .findFirst()
                        .orElse("")
                + (memory.isEmpty() ? "" : ", " + Long.parseLong(memory) / (1024 * 1024) + " GiB")
                + ", " + System.getProperty("os.name") + " " + System.getProperty("os.version");
    }

    /** The load average of the last minute: what else went on. */
    static String load() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String value(String file, String key) {
        return lines(file).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return List.of();
        }
    }
}
