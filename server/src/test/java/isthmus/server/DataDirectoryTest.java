package isthmus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void aNewDirectoryBelongsToItsOwnerOnly() throws IOException {
        try (DataDirectory directory = DataDirectory.open(parent.resolve("a/data"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                    .isEqualTo("rwx------");
            assertThat(directory.path().resolve("version")).hasContent("1\n");
        }
    }

    @Test
    void aDirectoryInUseIsRefusedAndFreeAfterwards() {
        Path path = parent.resolve("data");
        try (DataDirectory first = DataDirectory.open(path)) {
            assertThatThrownBy(() -> DataDirectory.open(path))
                    .isInstanceOf(StartFailure.class)
                    .hasMessage("data directory " + first.path() + " is in use by another server (process "
                            + ProcessHandle.current().pid()
                            + "); stop that one, or choose another directory with --data");
        }
        DataDirectory.open(path).close();
    }

    @Test
    void aNewerFormatIsRefused() throws IOException {
        Files.writeString(parent.resolve("version"), "2\n");

        assertThatThrownBy(() -> DataDirectory.open(parent))
                .hasMessage("data directory " + parent + " was written by a newer Isthmus (format 2, this one reads 1);"
                        + " use that version, or choose another directory with --data");
        Files.writeString(parent.resolve("version"), "1\n");
        DataDirectory.open(parent).close();
    }

    @Test
    void aBrokenVersionIsNamed() throws IOException {
        Files.writeString(parent.resolve("version"), "one");

        assertThatThrownBy(() -> DataDirectory.open(parent))
                .hasMessage(parent.resolve("version") + " is not a version number; restore it from a backup,"
                        + " or choose another directory with --data");
    }

    @Test
    void aDiskWithoutRoomForAStartIsNamed() throws IOException {
        assertThatThrownBy(() -> DataDirectory.open(parent, any -> 287L << 20))
                .hasMessage("data directory " + parent + " has 287 MiB free on its disk, and a start needs 288 MiB;"
                        + " make room, or choose another directory with --data");
        Files.createDirectory(parent.resolve("rocketmq"));
        assertThatThrownBy(() -> DataDirectory.open(parent, any -> 191L << 20)).hasMessageContaining("needs 192 MiB");
        DataDirectory.open(parent, any -> 192L << 20).close();
    }

    @Test
    void aFileInItsPlaceIsNamed() throws IOException {
        Path file = Files.writeString(parent.resolve("data"), "");

        assertThatThrownBy(() -> DataDirectory.open(file))
                .hasMessage("data directory " + file
                        + " cannot be created: there is a file of that name; choose another with --data");
    }

    @Test
    void aDirectoryThatIsNotWritableIsNamed() throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("r-x------"));
        try {
            assumeFalse(Files.isWritable(parent), "root may write everywhere");
            assertThatThrownBy(() -> DataDirectory.open(parent))
                    .hasMessage(
                            "data directory " + parent + " is not writable by this user; choose another with --data");
        } finally {
            Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
