package isthmus.conformance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process has used by now.
 *
 * @param cpu user and system time of all its threads, to 10 ms
 * @param residentBytes memory that it holds, the files that it maps included
 * @param anonymousBytes the part of it that belongs to no file: heap, native memory, stacks
 */
record ProcessUsage(Duration cpu, long residentBytes, long anonymousBytes, long threads) {
    static ProcessUsage of(long pid) {
        return new ProcessUsage(
                cpu(pid), status(pid, "VmRSS") * 1024, status(pid, "RssAnon") * 1024, status(pid, "Threads"));
    }

    /** As /proc/PID/stat has it; cheap enough to be asked between two windows. */
    static Duration cpu(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new BenchFailure("the server (process " + pid + ") has ended"));
    }

    private static long status(long pid, String key) {
        Path file = Path.of("/proc", Long.toString(pid), "status");
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(key + ":"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow(() -> new BenchFailure(file + " has no " + key));
        } catch (IOException e) {
            throw new BenchFailure(file + " cannot be read; memory is measured on Linux only", e);
        }
    }
}
