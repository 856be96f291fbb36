package isthmus.queue.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the message in the middle of which the process was killed. A record is copied into the log's memory, its properties
 * last; RocketMQ checks only the body when it starts again, and would take a record with half of its properties, half a topic
 * among them, for a message. Nobody was told that it is stored. It is the last of the log, because one is copied at a time.
 *
 * <p>It is assumed that what was not copied is 0, as the files of the log are new and written in order, and that the properties of
 * no whole message end with U+0000. Otherwise a torn record would stay, or the last whole one would be removed.
 */
final class TornRecord {
    private static final Logger LOG = LoggerFactory.getLogger(TornRecord.class);

    private TornRecord() {}

    /**
     * Does nothing after an orderly stop. Before the log is opened.
     *
     * @throws QueueStartException when the log's files cannot be read or written
     */
    static void remove(Path log) {
        if (!Files.exists(log.resolveSibling("abort"))) {
            return;
        }
        try {
            List<Path> files = DoubtfulPages.files(log);
            for (int i = files.size() - 1; i >= 0 && !hasRecords(files.get(i)); i--) {}
        } catch (IOException e) {
            throw new QueueStartException("The end of the log in " + log + " could not be read: " + e, e);
        }
    }

    /** Whether there is a record in the file; if so, the last one is removed if it is torn. */
    private static boolean hasRecords(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
            int last = -1;
            for (int at = 0; RecordDecoder.isRecord(bytes, at); at += bytes.getInt(at + RecordDecoder.SIZE)) {
                last = at;
            }
            if (last >= 0 && isTorn(bytes, last)) {
                LOG.info(
                        "The kill came in the middle of a message at position {}; it is removed, nobody was told of it",
                        bytes.getLong(last + RecordDecoder.POSITION));
                write(channel, last, ByteBuffer.allocate(bytes.getInt(last + RecordDecoder.SIZE)));
            }
            return last >= 0;
        }
    }

    /** Through the channel, which says so when the disk fails; a mapped page kills the process. */
    private static void write(FileChannel channel, long at, ByteBuffer zeros) throws IOException {
        while (zeros.hasRemaining()) {
            channel.write(zeros, at + zeros.position());
        }
    }

    /** What was not copied is 0, and properties do not end with that. A record without properties ends with their length. */
    private static boolean isTorn(MappedByteBuffer bytes, int at) {
        int end = at + bytes.getInt(at + RecordDecoder.SIZE);
        return bytes.get(end - 1) == 0 && RecordDecoder.propertiesAt(bytes, at) < end;
    }
}
