package isthmus.queue.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoubtfulPagesTest {
    private static final int FILE_BYTES = 200_000;
    private static final FileTime LONG_AGO = FileTime.fromMillis(0);

    @TempDir
    Path directory;

    private Path log;
    private Path first;
    private Path second;

    @BeforeEach
    void writeLog() throws IOException {
        log = Files.createDirectory(directory.resolve("commitlog"));
        first = file(0, FILE_BYTES);
        second = file(FILE_BYTES, 70_000);
    }

    @Test
    void whatFollowsThePositionIsWrittenAgainAsItWas() throws IOException {
        byte[] before = Files.readAllBytes(second);
        new DiskFault(directory).report(second.toString(), FILE_BYTES + 4_000);
        DoubtfulPages.writeAgain(directory, log);

        assertThat(Files.readAllBytes(second)).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(second)).isGreaterThan(LONG_AGO);
        assertThat(Files.getLastModifiedTime(first)).as("before the position").isEqualTo(LONG_AGO);
        assertThat(DiskFault.noteIn(directory)).doesNotExist();
    }

    @Test
    void nothingIsWrittenAfterAnOrdinaryRun() throws IOException {
        DoubtfulPages.writeAgain(directory, log);

        assertThat(Files.getLastModifiedTime(first)).isEqualTo(LONG_AGO);
        assertThat(Files.getLastModifiedTime(second)).isEqualTo(LONG_AGO);
    }

    @Test
    void whatCannotBeWrittenAgainStopsTheStartWithTheWayOut() throws IOException {
        new DiskFault(directory).report(second.toString(), 0);
        Files.move(log, directory.resolve("elsewhere"));

        assertThatThrownBy(() -> DoubtfulPages.writeAgain(directory, log))
                .isInstanceOf(QueueStartException.class)
                .hasMessageContaining("could not be written again")
                .hasMessageContaining("delete " + DiskFault.noteIn(directory));
        assertThat(DiskFault.noteIn(directory)).exists();
    }

    private Path file(long begin, int filled) throws IOException {
        byte[] content = new byte[FILE_BYTES];
        Arrays.fill(content, 0, filled, (byte) 7);
        Path file = Files.write(log.resolve("%020d".formatted(begin)), content);
        return Files.setLastModifiedTime(file, LONG_AGO);
    }
}
