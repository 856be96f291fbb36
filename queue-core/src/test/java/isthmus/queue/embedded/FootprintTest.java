package isthmus.queue.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts and stops in a process of its own and looks at what is left on the disk. */
@Tag("integration")
class FootprintTest {
    @TempDir
    Path work;

    @Test
    void nothingIsWrittenOutsideTheDataDirectory() throws Exception {
        Path home = Files.createDirectory(work.resolve("home"));
        Path temporary = Files.createDirectory(work.resolve("tmp"));
        Path current = Files.createDirectory(work.resolve("current"));
        Path data = work.resolve("data");
        Path output = work.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Duser.home=" + home,
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ColdStart.class.getName(),
                        data.toString(),
                        "0")
                .directory(current.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();

        assertThat(ended).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        assertThat(filesIn(home)).isEmpty();
        assertThat(filesIn(temporary)).isEmpty();
        assertThat(filesIn(current)).isEmpty();
        assertThat(filesIn(data)).isNotEmpty();
        assertThat(Files.readString(output)).contains("READY_MILLIS").doesNotContain("Exception");
    }

    private static List<Path> filesIn(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
