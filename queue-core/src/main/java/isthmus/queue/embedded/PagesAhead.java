package isthmus.queue.embedded;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.rocketmq.common.UtilAll;
import org.apache.rocketmq.common.message.MessageExtBatch;
import org.apache.rocketmq.common.message.MessageExtBrokerInner;
import org.apache.rocketmq.store.AppendMessageCallback;
import org.apache.rocketmq.store.AppendMessageResult;
import org.apache.rocketmq.store.AppendMessageStatus;
import org.apache.rocketmq.store.CommitLog;
import org.apache.rocketmq.store.PutMessageContext;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes zeros behind the end of the log, a piece at a time, before records are copied there through the memory map. A mapped
 * page that nobody has written is "read" first, with all that the kernel reads ahead: 8 MiB on some virtual machines, for
 * which an event loop stood still for 20 to 30 ms. Written pages are there already. And when the disk takes no more, writing
 * says so, and the message is refused; through the map it would be a fault in the middle of a record.
 *
 * <p>Any thread that appends; RocketMQ lets one in at a time, under the lock of the log. So there is nothing behind the place of
 * the next record that could be overwritten.
 */
final class PagesAhead implements AppendMessageCallback {
    private static final Logger LOG = LoggerFactory.getLogger(PagesAhead.class);
    /** Written at once: some 20 µs, for 400 messages of 100 bytes. */
    static final int PIECE_BYTES = 128 << 10;

    private static final int PAGE_BYTES = 4096;

    private final AppendMessageCallback records;
    private final Path directory;
    private final int fileBytes;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE_BYTES);
    /** Not RocketMQ's, which it needs for flushes: an interrupted thread closes the channel that it writes to. */
    private @Nullable FileChannel channel;

    /** Where the file of the channel begins in the log. */
    private long fileBegin;

    /** Up to where the log is written, with records or zeros. */
    private long written;

    private boolean failing;

    /**
     * Opens nothing yet.
     *
     * @param records what copies the records
     * @param directory of the log's files
     * @param fileBytes the size of each
     */
    PagesAhead(AppendMessageCallback records, Path directory, int fileBytes) {
        this.records = records;
        this.directory = directory;
        this.fileBytes = fileBytes;
    }

    /**
     * Puts this before what copies the records of the log.
     *
     * @param log one that has taken nothing yet
     * @throws IllegalStateException if this is not the RocketMQ that this class was written for
     */
    static PagesAhead install(CommitLog log, MessageStoreConfig config) {
        try {
            Field field = CommitLog.class.getDeclaredField("appendMessageCallback");
            field.setAccessible(true);
            PagesAhead ahead = new PagesAhead(
                    (AppendMessageCallback) field.get(log),
                    Path.of(config.getStorePathCommitLog()),
                    config.getMappedFileSizeCommitLog());
            field.set(log, ahead);
            return ahead;
        } catch (ReflectiveOperationException | ClassCastException other) {
            throw new IllegalStateException("this version of RocketMQ's store appends in another way", other);
        }
    }

    @Override
    public AppendMessageResult doAppend(
            long begin, ByteBuffer file, int left, MessageExtBrokerInner message, PutMessageContext context) {
        return hasRoom(begin, file.position(), message.getEncodedBuff().getInt(0))
                ? records.doAppend(begin, file, left, message, context)
                : refusal(message.getStoreTimestamp());
    }

    @Override
    public AppendMessageResult doAppend(
            long begin, ByteBuffer file, int left, MessageExtBatch batch, PutMessageContext context) {
        return hasRoom(begin, file.position(), batch.getEncodedBuff().limit())
                ? records.doAppend(begin, file, left, batch, context)
                : refusal(batch.getStoreTimestamp());
    }

    private static AppendMessageResult refusal(long storeTimestamp) {
        return new AppendMessageResult(AppendMessageStatus.UNKNOWN_ERROR, 0, 0, "", storeTimestamp, 0, 0);
    }

    /** Whether the file is written where so many bytes are to be copied, or was now. */
    private boolean hasRoom(long begin, int at, int bytes) {
        if (begin == fileBegin && begin + at + bytes <= written) {
            return true;
        }
        try {
            write(begin, at, bytes);
            failing = false;
            return true;
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                LOG.error("The log's file in {} cannot be written: messages are refused", directory, e);
            }
            return false;
        }
    }

    private void write(long begin, int at, int bytes) throws IOException {
        FileChannel to = open(begin, at);
        long from = Math.max(written, begin + at);
        long end = Math.min((begin + at + bytes + PIECE_BYTES) & -PAGE_BYTES, begin + fileBytes);
        while (from < end) {
            zeros.clear().limit((int) Math.min(PIECE_BYTES, end - from));
            from += to.write(zeros, from - begin);
        }
        written = Math.max(written, end);
    }

    private FileChannel open(long begin, int at) throws IOException {
        if (channel != null && channel.isOpen() && begin == fileBegin) {
            return channel;
        }
        close();
        FileChannel opened =
                FileChannel.open(directory.resolve(UtilAll.offset2FileName(begin)), StandardOpenOption.WRITE);
        channel = opened;
        fileBegin = begin;
        written = begin + at;
        return opened;
    }

    /** When nothing is appended any more. */
    void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
