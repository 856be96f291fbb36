package isthmus.certs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyFilesTest {
    @TempDir
    Path dir;

    @Test
    void aNewDirectoryIsForItsOwnerOnly() throws Exception {
        Path made = dir.resolve("data/certs");
        OwnerOnlyFiles.createDirectory(made);
        OwnerOnlyFiles.createDirectory(made);
        assertThat(Files.getPosixFilePermissions(made)).isEqualTo(fromString("rwx------"));
    }

    @Test
    void privateFilesAreForTheirOwnerEvenWhereAWiderFileWasBefore() throws Exception {
        Path file = Files.writeString(dir.resolve("server.key"), "wide");
        Files.setPosixFilePermissions(file, fromString("rw-rw-rw-"));
        OwnerOnlyFiles.writePrivate(file, "key".getBytes(UTF_8));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(fromString("rw-------"));
        assertThat(file).hasContent("key");
    }

    /** Watches the directory while keys are written: no file in it is ever readable by others. */
    @Test
    void noFileWithAKeyIsEverReadableByOthersNotEvenForAMoment() throws Exception {
        Set<Set<PosixFilePermission>> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean done = new AtomicBoolean();
        Thread spy = new Thread(() -> {
            while (!done.get()) {
                listPermissions(seen);
            }
        });
        spy.start();
        for (int i = 0; i < 100; i++) {
            OwnerOnlyFiles.writePrivate(dir.resolve("key" + i), new byte[1000]);
        }
        done.set(true);
        spy.join();
        listPermissions(seen);
        assertThat(seen).containsExactly(fromString("rw-------"));
    }

    private void listPermissions(Set<Set<PosixFilePermission>> seen) {
        try (Stream<Path> files = Files.list(dir)) {
            files.forEach(file -> {
                try {
                    seen.add(Files.getPosixFilePermissions(file));
                } catch (IOException renamedMeanwhile) {
                    // the temporary file has its final name now
                }
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingIsLeftBehindWhenAFileCannotBeWritten() throws Exception {
        Path target =
                Files.createDirectories(dir.resolve("server.key/occupied")).getParent();
        assertThatThrownBy(() -> OwnerOnlyFiles.writePrivate(target, new byte[1]))
                .isInstanceOf(CertificateFailure.class)
                .hasMessageStartingWith(target + ": cannot be written: ");
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).containsExactly(target);
        }
    }
}
