package isthmus.queue.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.apache.rocketmq.store.logfile.DefaultMappedFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
    private static final int FILE_BYTES = 64 << 10;
    private static final int EVERYTHING = 0;
    private static final int FOUR_PAGES = 4;

    @TempDir
    Path directory;

    private DiskFault fault;
    private LogFiles files;
    private FailingFile file;

    /** Is not forced to the disk while it fails, as RocketMQ's own when the system call fails. */
    private static final class FailingFile extends DefaultMappedFile {
        private boolean failing;

        FailingFile(Path path) throws IOException {
            super(path.toString(), FILE_BYTES);
        }

        @Override
        public int flush(int leastPages) {
            return failing ? getFlushedPosition() : super.flush(leastPages);
        }
    }

    @BeforeEach
    void open() throws IOException {
        MessageStoreConfig config = new MessageStoreConfig();
        config.setStorePathCommitLog(directory.toString());
        config.setMappedFileSizeCommitLog(FILE_BYTES);
        fault = new DiskFault(directory);
        files = new LogFiles(config, null, fault);
        file = new FailingFile(directory.resolve("00000000000000000000"));
        files.getMappedFiles().add(file);
    }

    @AfterEach
    void close() {
        files.destroy();
    }

    @Test
    void theFirstFlushThatFailsIsTheLast() throws IOException {
        append(100);
        files.flush(EVERYTHING);
        append(100);
        file.failing = true;
        files.flush(EVERYTHING);
        file.failing = false;
        files.flush(EVERYTHING);

        assertThat(files.getFlushedWhere()).isEqualTo(100);
        assertThat(fault.isPresent()).isTrue();
        assertThat(fault.sentence().toCompletableFuture().join())
                .contains(file.getFileName(), "from position 100 of the log on");
        assertThat(Files.readString(DiskFault.noteIn(directory))).isEqualTo("100");
    }

    @Test
    void soIsOneThatWaitedForMoreToGather() {
        append(FOUR_PAGES * 4096);
        file.failing = true;
        files.flush(FOUR_PAGES);

        assertThat(fault.isPresent()).isTrue();
    }

    @Test
    void whatIsToGatherYetHasNotFailed() {
        append(FOUR_PAGES * 4096 - 1);
        files.flush(FOUR_PAGES);

        assertThat(files.getFlushedWhere()).isZero();
        assertThat(fault.isPresent()).isFalse();
    }

    @Test
    void norHasAFlushWithNothingToDo() {
        append(FILE_BYTES);
        files.flush(EVERYTHING);
        files.flush(EVERYTHING);
        files.flush(FOUR_PAGES);

        assertThat(files.getFlushedWhere()).isEqualTo(FILE_BYTES);
        assertThat(fault.isPresent()).isFalse();
    }

    private void append(int bytes) {
        assertThat(file.appendMessage(new byte[bytes])).isTrue();
    }
}
