package isthmus.conformance.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a Java process about its heap, with the {@code jcmd} of the JDK that runs the benchmark. */
final class HeapQuestion {
    private static final Pattern USED = Pattern.compile("(?:generation|heap)\\s+total \\d+K, used (\\d+)K");

    private HeapQuestion() {}

    static String run(long pid, String question) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), question)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BenchFailure(jcmd + " cannot be run; the heap is measured with a JDK only", e);
        }
    }

    /** The sum of what the generations have in use. */
    static long usedBytes(String heapInfo) {
        Matcher used = USED.matcher(heapInfo);
        long kibibytes = 0;
        while (used.find()) {
            kibibytes += Long.parseLong(used.group(1));
        }
        if (kibibytes == 0) {
            throw new BenchFailure("the heap's size is not in the answer: " + heapInfo);
        }
        return kibibytes * 1024;
    }
}
