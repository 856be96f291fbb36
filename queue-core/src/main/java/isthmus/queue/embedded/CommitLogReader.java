package isthmus.queue.embedded;

import isthmus.queue.api.LogRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.store.MessageStore;
import org.apache.rocketmq.store.SelectMappedBufferResult;

/**
 * Reads RocketMQ's commit log by position. Any thread; each brings its own {@link RecordDecoder}.
 *
 * <p>A slice of the log is held only while its records are decoded: a file that is held cannot be removed by retention,
 * and one held for minutes is unmapped all the same and the next access would end the process.
 */
final class CommitLogReader {
    /** Records copied from one slice before it is released. */
    static final int BATCH = 256;

    private final MessageStore store;
    private final int fileBytes;

    CommitLogReader(MessageStore store, int fileBytes) {
        this.store = store;
        this.fileBytes = fileBytes;
    }

    /** The position of the oldest record; 0 in a fresh store, for which RocketMQ says -1. */
    long first() {
        return Math.max(0, store.getMinPhyOffset());
    }

    /** The position after the newest record that is stored as the flush mode asks; always the end of a record. */
    long end() {
        return store.getConfirmOffset();
    }

    /**
     * Reads on within one file.
     *
     * @param from a record's position, below {@code end}
     * @param stop no record that begins here or later is looked at
     * @param end no record that ends later than this is looked at
     * @param records takes the wanted records, at most {@link #BATCH}
     * @return the position after the last record looked at; {@code from} when the file is gone or going
     * @throws IllegalStateException when there is no record at a position where one must be
     */
    long readOn(long from, long stop, long end, RecordDecoder decoder, TopicMatch wanted, List<LogRecord> records) {
        SelectMappedBufferResult slice = store.getCommitLogData(from);
        if (slice == null) {
            return from;
        }
        try {
            // For position 0 RocketMQ returns the first file it still has, whichever that is.
            if (slice.getStartOffset() != from) {
                return from;
            }
            return readSlice(slice, stop, end, decoder, wanted, records);
        } finally {
            slice.release();
        }
    }

    private long readSlice(
            SelectMappedBufferResult slice,
            long stop,
            long end,
            RecordDecoder decoder,
            TopicMatch wanted,
            List<LogRecord> records) {
        ByteBuffer log = slice.getByteBuffer();
        long from = slice.getStartOffset();
        int limit = (int) Math.min(slice.getSize(), end - from);
        int at = 0;
        while (at + 8 <= limit && from + at < stop && records.size() < BATCH) {
            int size = log.getInt(at + RecordDecoder.SIZE);
            int magic = log.getInt(at + RecordDecoder.MAGIC);
            if (magic == MessageDecoder.BLANK_MAGIC_CODE) {
                return nextFile(from + at);
            }
            if (!isRecord(log, at, size, magic, from + at)) {
                throw new IllegalStateException("the log holds no record at position " + (from + at) + " (size " + size
                        + ", magic " + Integer.toHexString(magic) + ")");
            }
            if (at + size > limit) {
                break;
            }
            LogRecord record = decoder.decode(log, at, wanted);
            if (record != null) {
                records.add(record);
            }
            at += size;
        }
        return from + at;
    }

    private long nextFile(long position) {
        return position + fileBytes - position % fileBytes;
    }

    private static boolean isRecord(ByteBuffer log, int at, int size, int magic, long position) {
        return RecordDecoder.isRecordMagic(magic)
                && size >= RecordDecoder.MIN_SIZE
                && at + RecordDecoder.POSITION + 8 <= log.limit()
                && log.getLong(at + RecordDecoder.POSITION) == position;
    }

    /** @see isthmus.queue.api.QueueCore#read */
    Optional<LogRecord> read(long position) {
        if (position < first()) {
            return Optional.empty();
        }
        if (position >= end()) {
            throw noRecord(position);
        }
        SelectMappedBufferResult slice = store.getCommitLogData(position);
        if (slice == null) {
            return Optional.empty();
        }
        try {
            if (slice.getStartOffset() != position) {
                return Optional.empty();
            }
            ByteBuffer log = slice.getByteBuffer();
            int available = slice.getSize();
            if (available < RecordDecoder.MIN_SIZE
                    || !isRecord(log, 0, log.getInt(0), log.getInt(RecordDecoder.MAGIC), position)
                    || log.getInt(0) > available) {
                throw noRecord(position);
            }
            return Optional.ofNullable(new RecordDecoder().decode(log, 0, TopicMatch.ANY));
        } finally {
            slice.release();
        }
    }

    private static IllegalArgumentException noRecord(long position) {
        return new IllegalArgumentException("position " + position + " is not the position of a record");
    }

    /** @see isthmus.queue.api.QueueCore#scan */
    long scan(long from, long to, TopicMatch wanted, int maxBytes, Consumer<LogRecord> visitor) {
        RecordDecoder decoder = new RecordDecoder();
        List<LogRecord> records = new ArrayList<>();
        long end = Math.min(to, end());
        long at = Math.max(from, first());
        long stop = Math.min(end, at + maxBytes);
        while (at < stop) {
            long next = readOn(at, stop, end, decoder, wanted, records);
            records.forEach(visitor);
            records.clear();
            if (next == at) {
                // Retention is removing this file; what it held is lost to the caller.
                next = first();
                if (next <= at) {
                    break;
                }
            }
            at = next;
        }
        return Math.min(at, to);
    }
}
