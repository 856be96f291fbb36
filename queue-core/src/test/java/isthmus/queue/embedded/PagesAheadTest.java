package isthmus.queue.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.apache.rocketmq.common.UtilAll;
import org.apache.rocketmq.common.message.MessageExtBatch;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.store.AppendMessageCallback;
import org.apache.rocketmq.store.AppendMessageResult;
import org.apache.rocketmq.store.AppendMessageStatus;
import org.apache.rocketmq.store.PutMessageContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the log that are full of something else, so that every zero shows, and a callback that copies records of 1s. */
class PagesAheadTest {
    private static final int FILE_BYTES = 4 * PagesAhead.PIECE_BYTES;
    private static final byte OLD = 0x55;
    private static final byte RECORD = 1;

    @TempDir
    Path directory;

    private final Copier records = new Copier();
    private PagesAhead ahead;

    /** Copies as RocketMQ does: a record, or eight bytes that say that the rest of the file is empty. */
    private static final class Copier implements AppendMessageCallback {
        int calls;

        @Override
        public AppendMessageResult doAppend(
                long begin, ByteBuffer file, int left, MessageExtBrokerInner message, PutMessageContext context) {
            return copy(file, left, message.getEncodedBuff().getInt(0));
        }

        @Override
        public AppendMessageResult doAppend(
                long begin, ByteBuffer file, int left, MessageExtBatch batch, PutMessageContext context) {
            return copy(file, left, batch.getEncodedBuff().limit());
        }

        private AppendMessageResult copy(ByteBuffer file, int left, int size) {
            calls++;
            boolean fits = size + 8 <= left;
            for (int i = 0; i < (fits ? size : 8); i++) {
                assertThat(file.get(file.position())).isZero();
                file.put(RECORD);
            }
            return new AppendMessageResult(
                    fits ? AppendMessageStatus.PUT_OK : AppendMessageStatus.END_OF_FILE,
                    0,
                    fits ? size : left,
                    "",
                    0,
                    0,
                    0);
        }
    }

    @BeforeEach
    void open() throws IOException {
        createFile(0);
        ahead = new PagesAhead(records, directory, FILE_BYTES);
    }

    @AfterEach
    void close() throws IOException {
        ahead.close();
    }

    @Test
    void whatIsBeforeTheRecordStaysAndWhatIsBehindItIsZero() throws IOException {
        assertThat(append(0, 5000, 300)).isEqualTo(AppendMessageStatus.PUT_OK);

        byte[] bytes = file(0);
        int end = (5300 + PagesAhead.PIECE_BYTES) & -4096;
        assertThat(new int[] {
                    count(bytes, 0, 5000, OLD),
                    count(bytes, 5000, 5300, RECORD),
                    count(bytes, 5300, end, (byte) 0),
                    count(bytes, end, FILE_BYTES, OLD)
                })
                .containsExactly(5000, 300, end - 5300, FILE_BYTES - end);
    }

    @Test
    void recordsOfEverySizeStandNextToEachOtherUpToTheEndOfTheFile() throws IOException {
        Random random = new Random(1);
        int at = 0;
        AppendMessageStatus status;
        do {
            int size = 1 + random.nextInt(random.nextInt(10) == 0 ? PagesAhead.PIECE_BYTES * 3 / 2 : 2000);
            status = append(0, at, size);
            at += status == AppendMessageStatus.PUT_OK ? size : 8;
        } while (status == AppendMessageStatus.PUT_OK);

        byte[] bytes = file(0);
        assertThat(status).isEqualTo(AppendMessageStatus.END_OF_FILE);
        assertThat(count(bytes, 0, at, RECORD)).isEqualTo(at);
        assertThat(bytes).hasSize(FILE_BYTES);
    }

    @Test
    void theNextFileIsWrittenFromItsBeginning() throws IOException {
        createFile(FILE_BYTES);
        append(0, FILE_BYTES - 100, 50);

        assertThat(append(FILE_BYTES, 0, 200)).isEqualTo(AppendMessageStatus.PUT_OK);

        assertThat(count(file(FILE_BYTES), 0, 200, RECORD)).isEqualTo(200);
        assertThat(count(file(0), 0, FILE_BYTES - 100, OLD)).isEqualTo(FILE_BYTES - 100);
    }

    @Test
    void aBatchHasRoomForAllOfIt() throws IOException {
        MessageExtBatch batch = new MessageExtBatch();
        batch.setEncodedBuff(ByteBuffer.allocate(PagesAhead.PIECE_BYTES * 2));

        assertThat(append(0, 0, file -> ahead.doAppend(0, file, FILE_BYTES, batch, new PutMessageContext("q"))))
                .isEqualTo(AppendMessageStatus.PUT_OK);
        assertThat(count(file(0), 0, PagesAhead.PIECE_BYTES * 2, RECORD)).isEqualTo(PagesAhead.PIECE_BYTES * 2);
    }

    @Test
    void aFileThatCannotBeWrittenRefusesAndIsTriedAgain() throws IOException {
        createFile(FILE_BYTES);
        Path file = directory.resolve(UtilAll.offset2FileName(FILE_BYTES));
        Path elsewhere = directory.resolve("elsewhere");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer map = channel.map(MapMode.READ_WRITE, 0, FILE_BYTES);
            Files.move(file, elsewhere);

            assertThat(ahead.doAppend(FILE_BYTES, map, FILE_BYTES, message(100), new PutMessageContext("q"))
                            .getStatus())
                    .isEqualTo(AppendMessageStatus.UNKNOWN_ERROR);
            assertThat(records.calls).isZero();

            Files.move(elsewhere, file);
            assertThat(ahead.doAppend(FILE_BYTES, map, FILE_BYTES, message(100), new PutMessageContext("q"))
                            .getStatus())
                    .isEqualTo(AppendMessageStatus.PUT_OK);
        }
    }

    @Test
    void anInterruptedThreadIsRefusedAndTheNextOneIsNot() throws IOException {
        append(0, 0, 100);
        AppendMessageStatus interrupted = append(0, 100, file -> {
            Thread.currentThread().interrupt();
            return ahead.doAppend(
                    0, file, FILE_BYTES - 100, message(PagesAhead.PIECE_BYTES), new PutMessageContext("q"));
        });
        assertThat(Thread.interrupted()).isTrue();

        assertThat(interrupted).isEqualTo(AppendMessageStatus.UNKNOWN_ERROR);
        assertThat(append(0, 100, PagesAhead.PIECE_BYTES)).isEqualTo(AppendMessageStatus.PUT_OK);
        assertThat(count(file(0), 0, 100 + PagesAhead.PIECE_BYTES, RECORD)).isEqualTo(100 + PagesAhead.PIECE_BYTES);
    }

    private interface Append {
        AppendMessageResult to(ByteBuffer file);
    }

    private AppendMessageStatus append(long begin, int at, int size) throws IOException {
        return append(
                begin,
                at,
                file -> ahead.doAppend(begin, file, FILE_BYTES - at, message(size), new PutMessageContext("q")));
    }

    private AppendMessageStatus append(long begin, int at, Append append) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(
                directory.resolve(UtilAll.offset2FileName(begin)).toFile(), "rw")) {
            ByteBuffer map = file.getChannel().map(MapMode.READ_WRITE, 0, FILE_BYTES);
            return append.to(map.position(at)).getStatus();
        }
    }

    private static MessageExtBrokerInner message(int size) {
        MessageExtBrokerInner message = new MessageExtBrokerInner();
        message.setEncodedBuff(ByteBuffer.allocate(Math.max(4, size)).putInt(0, size));
        return message;
    }

    private void createFile(long begin) throws IOException {
        byte[] bytes = new byte[FILE_BYTES];
        Arrays.fill(bytes, OLD);
        Files.write(directory.resolve(UtilAll.offset2FileName(begin)), bytes);
    }

    private byte[] file(long begin) throws IOException {
        return Files.readAllBytes(directory.resolve(UtilAll.offset2FileName(begin)));
    }

    private static int count(byte[] bytes, int from, int to, byte wanted) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += bytes[i] == wanted ? 1 : 0;
        }
        return count;
    }
}
