package isthmus.queue.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadAheadTest {
    /** Major number 259, minor number 7. */
    private static final long DEVICE = 259 << 8 | 7;

    @TempDir
    Path sys;

    @Test
    void aWholeDiskHasOne() throws IOException {
        write("class/bdi/259:7", "8192\n");
        assertThat(ReadAhead.kilobytes(sys, DEVICE)).isEqualTo(8192);
    }

    @Test
    void aPartitionHasThatOfItsDisk() throws IOException {
        write("devices/nvme0n1/queue", "128\n");
        Path partition = Files.createDirectory(sys.resolve("devices/nvme0n1/nvme0n1p1"));
        Files.createDirectories(sys.resolve("dev/block"));
        Files.createSymbolicLink(sys.resolve("dev/block/259:7"), partition);
        assertThat(ReadAhead.kilobytes(sys, DEVICE)).isEqualTo(128);
    }

    @Test
    void numbersOfDevicesMayBeLarge() throws IOException {
        write("class/bdi/0:4096", "512\n");
        assertThat(ReadAhead.kilobytes(sys, 1L << 24)).isEqualTo(512);
    }

    @Test
    void otherwiseItIsNotKnown() {
        assertThatThrownBy(() -> ReadAhead.kilobytes(sys, DEVICE))
                .isInstanceOf(IOException.class)
                .hasMessage("device 259:7 has no read-ahead");
    }

    private void write(String directory, String kilobytes) throws IOException {
        Files.writeString(Files.createDirectories(sys.resolve(directory)).resolve("read_ahead_kb"), kilobytes);
    }
}
