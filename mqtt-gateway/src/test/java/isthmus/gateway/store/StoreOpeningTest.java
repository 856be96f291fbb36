package isthmus.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import isthmus.gateway.spi.SessionStore.IndexEntries;
import isthmus.gateway.spi.StoreChange.FeedMoved;
import isthmus.gateway.spi.StoredSession;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class StoreOpeningTest {
    @TempDir
    Path directory;

    @Test
    @Timeout(60)
    void aDirectoryThatAnotherProcessUsesIsRefusedAndEverythingCompletedSurvivesItsDeath() throws Exception {
        for (int kill = 0; kill < 3; kill++) {
            Path data = directory.resolve("data" + kill);
            Process process = StoreProcess.start(data);
            try (BufferedReader output = process.inputReader()) {
                assertThat(output.readLine()).isEqualTo("open");
                assertThatThrownBy(() -> RocksSessionStore.open(data, false))
                        .isInstanceOf(StoreFailure.class)
                        .hasMessageContaining(data.toString())
                        .hasMessageContaining("is in use by another process");
                assertAllSurvived(data, process, output, 2_000 + 1_000 * kill);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static void assertAllSurvived(Path data, Process process, BufferedReader output, int lines)
            throws Exception {
        long written = -1;
        long indexed = -1;
        int read = 0;
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            long number = Long.parseLong(line.substring(2));
            if (line.startsWith("w ")) {
                assertThat(number).as("in order").isEqualTo(++written);
            } else {
                indexed = number;
            }
            if (++read == lines) {
                process.destroyForcibly(); // SIGKILL
                process.waitFor();
                break;
            }
        }
        assertThat(read).isEqualTo(lines);
        try (RocksSessionStore store = RocksSessionStore.open(data, false)) {
            StoredSession session = store.sessions().get(0);
            assertThat(session.cursor()).isGreaterThanOrEqualTo(written);
            assertThat(session.received()).hasSize((int) Math.min(session.cursor() + 1, 65_535));
            long next = store.feedPosition();
            assertThat(next).isGreaterThan(indexed);
            assertThat(count(store, 1)).isEqualTo(next);
            assertThat(count(store, 2)).isEqualTo(next);
        }
    }

    private static long count(RocksSessionStore store, int filterId) {
        long count = 0;
        try (IndexEntries entries = store.index(filterId, -1)) {
            while (entries.next() >= 0) {
                count++;
            }
        }
        return count;
    }

    @Test
    void aDirectoryIsOpenedOnceInOneProcess() {
        try (RocksSessionStore store = RocksSessionStore.open(directory, true)) {
            assertThatThrownBy(() -> RocksSessionStore.open(directory, true))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("is open in this process already");
            store.write(List.of(new FeedMoved(7))).toCompletableFuture().join();
            assertThat(store.feedPosition()).isEqualTo(7);
        }
    }

    @Test
    void aNewerFormatIsRefused() {
        try (Database database = new DatabaseOpening(directory).open()) {
            database.write(true, batch -> batch.put(Table.META, Keys.VERSION, Values.number(7)));
        }
        assertThatThrownBy(() -> RocksSessionStore.open(directory, false))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("format 7")
                .hasMessageContaining("newer version");
    }

    @Test
    void aDirectoryThatCannotBeCreatedIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "text");
        assertThatThrownBy(() -> RocksSessionStore.open(file, false))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining(file + " of the session store cannot be created");
    }

    @Test
    void aDirectoryThatIsNotWritableIsRefused() throws Exception {
        Path readOnly = Files.createDirectory(directory.resolve("read-only"));
        assertThat(readOnly.toFile().setWritable(false)).isTrue();
        assumeFalse(Files.isWritable(readOnly), "root may write everywhere");
        assertThatThrownBy(() -> RocksSessionStore.open(readOnly, false))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("is not writable");
    }

    @Test
    void aBrokenDirectoryIsRefusedWithWhatToDo() throws Exception {
        RocksSessionStore.open(directory, false).close();
        Files.writeString(directory.resolve("CURRENT"), "nonsense");
        assertThatThrownBy(() -> RocksSessionStore.open(directory, false))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining(directory + " cannot be opened")
                .hasMessageContaining("restore the directory from a backup");
    }
}
