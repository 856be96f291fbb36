package isthmus.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the command line in a process of its own, because a signal ends the whole process. */
@Tag("integration")
@Timeout(60)
class StopOnSignalTest {
    private static final int SIGINT = 2;

    private Process process;
    private BufferedReader output;

    @AfterEach
    void killWhatIsLeft() {
        process.destroyForcibly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aSignalStopsTheServerAndTheExitCodeIs0(String signal) throws Exception {
        start("well-behaved");
        assumeThat(isIgnored(signal))
                .as("the tests were started by something that ignores " + signal + ", which processes inherit")
                .isFalse();
        readUntil("ready");

        send(signal);

        assertThat(rest()).containsExactly("Stopping ...", "closed", "Stopped.");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aServerThatIsStillStartingIsStoppedToo() throws Exception {
        start("slow-start");
        readUntil("starting");

        send("TERM");
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();

        assertThat(rest()).contains("closed", "Stopped.");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aServerThatDoesNotStopCleanlySaysSoAndTheExitCodeIs1() throws Exception {
        start("failing-close");
        readUntil("ready");

        send("TERM");

        assertThat(rest()).containsExactly("Stopping ...", "Not stopped cleanly: the log did not stop");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void aServerWhoseDiskFailsWhileItStartsIsNotWaitedForAndTheExitCodeIs1() throws Exception {
        start("failing-disk");

        assertThat(rest()).containsExactly("starting");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    private void start(String behaviour) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        process = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StopProbe.class.getName(),
                        behaviour,
                        "run")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = process.inputReader();
        CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    private boolean isIgnored(String signal) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!signal.equals("INT") || !Files.exists(status)) {
            return false;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow();
        return (Long.parseUnsignedLong(ignored.substring("SigIgn:".length()).strip(), 16) & 1L << (SIGINT - 1)) != 0;
    }

    private void readUntil(String line) throws IOException {
        for (String read = output.readLine(); !line.equals(read); read = output.readLine()) {
            assertThat(read).as("the output, before the line " + line).isNotNull();
        }
    }

    private List<String> rest() {
        return output.lines().toList();
    }

    private void send(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }
}
