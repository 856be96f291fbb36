package isthmus.conformance.disk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import isthmus.conformance.fixture.CapturedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Watches a process with strace, and makes the disk slow or broken for it. */
final class Strace implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/strace");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DISK = "msync,fsync,fdatasync";
    /** Who does not wait for a disk as slow as this is far ahead of it. */
    private static final String SLOW_DISK = DISK + ":delay_enter=100000";
    /** Enough for a RocketMQ request with its header. */
    private static final String SHOWN_BYTES = "2048";

    private final CapturedProcess process;
    private final Path output;

    private Strace(CapturedProcess process, Path output) {
        this.process = process;
        this.output = output;
    }

    static void assumeInstalled() {
        assumeTrue(Files.isExecutable(PROGRAM), PROGRAM + " is missing (Debian: apt-get install strace)");
    }

    /** Attaches to every thread and makes the disk slow, or skips the test where that is not permitted. */
    static Strace attach(CapturedProcess server, Path directory) {
        return attach(server, directory, SLOW_DISK);
    }

    /**
     * The same with a disk that fails.
     *
     * @param call that ends with an input/output error, in each thread the first time; the second time it succeeds
     */
    static Strace failOnce(CapturedProcess server, Path directory, String call) {
        return attach(server, directory, failing(call));
    }

    /** The same for one file alone. */
    static Strace failOnce(CapturedProcess server, Path directory, String call, Path file) {
        return attach(server, directory, failing(call), "-P", file.toString());
    }

    private static String failing(String call) {
        return call + ":error=EIO:when=1";
    }

    private static Strace attach(CapturedProcess server, Path directory, String fault, String... more) {
        Path output = directory.resolve("strace.txt");
        List<String> command = new ArrayList<>(List.of(
                PROGRAM.toString(),
                "-f",
                "-yy", // files and sockets by name
                "-xx", // every byte as a number
                "-s",
                SHOWN_BYTES,
                "-e",
                "trace=read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg," + DISK,
                "-e",
                "inject=" + fault,
                "-o",
                output.toString(),
                "-p",
                Long.toString(server.pid())));
        command.addAll(List.of(more));
        CapturedProcess process = CapturedProcess.start(directory, Map.of(), command);
        await().atMost(PATIENCE).until(() -> process.output().contains(" attached") || !process.isRunning());
        assumeTrue(process.isRunning(), "strace may not attach to a process here: " + process.output());
        return new Strace(process, output);
    }

    /** Detaches, and reads what was written down. */
    SystemCalls stop() {
        process.terminate(PATIENCE);
        try {
            return new SystemCalls(Files.readAllLines(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
