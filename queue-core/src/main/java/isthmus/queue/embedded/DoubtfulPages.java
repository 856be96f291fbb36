package isthmus.queue.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the end of the log to the disk again, after a run that ended with a {@link DiskFault}. What the disk has not taken may
 * still be in memory, but nothing would write it any more. The next loss of power would leave a hole there, and a log is cut
 * off at its first hole.
 */
final class DoubtfulPages {
    private static final Logger LOG = LoggerFactory.getLogger(DoubtfulPages.class);
    /** Read and written at once. */
    private static final int PIECE_BYTES = 64 << 10;

    private DoubtfulPages() {}

    /**
     * Does nothing unless the last run has left a note. Before the log is opened.
     *
     * @param directory RocketMQ's
     * @throws QueueStartException when the disk does not take it again
     */
    static void writeAgain(Path directory, Path log) {
        Path note = DiskFault.noteIn(directory);
        if (!Files.exists(note)) {
            return;
        }
        try {
            long from = Long.parseLong(Files.readString(note));
            long written = 0;
            for (Path file : files(log)) {
                long begin = Long.parseLong(file.getFileName().toString());
                if (from < begin + Files.size(file)) {
                    written += writeAgain(file, Math.max(0, from - begin));
                }
            }
            Files.delete(note);
            LOG.info(
                    "The disk failed in the last run: {} KB of the log, from position {} on, were written again",
                    written >> 10,
                    from);
        } catch (IOException | NumberFormatException e) {
            throw new QueueStartException(
                    "The disk failed in the last run, and what it has not taken of the log in " + log
                            + " could not be written again: " + e
                            + ". Look for the disk's errors (dmesg). To start all the"
                            + " same, though the next loss of power may cost messages, delete " + note + ".",
                    e);
        }
    }

    /** The files of the log, oldest first. */
    static List<Path> files(Path log) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{20}"))
                    .sorted()
                    .toList();
        }
    }

    /** @return how many bytes */
    private static long writeAgain(Path file, long from) throws IOException {
        long written = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
            for (long at = from; at < channel.size(); at += piece.limit()) {
                read(channel, piece.clear(), at);
                if (!isEmpty(piece)) { // what was never written would take room
                    written += write(channel, piece, at);
                }
            }
            channel.force(false);
        }
        return written;
    }

    /** Fills the buffer, but for the end of the file. */
    private static void read(FileChannel channel, ByteBuffer piece, long at) throws IOException {
        int count = 0;
        while (piece.hasRemaining() && count >= 0) {
            count = channel.read(piece, at + piece.position());
        }
        piece.flip();
    }

    private static boolean isEmpty(ByteBuffer piece) {
        return piece.equals(ByteBuffer.allocate(piece.limit()));
    }

    private static int write(FileChannel channel, ByteBuffer piece, long at) throws IOException {
        while (piece.hasRemaining()) {
            channel.write(piece, at + piece.position());
        }
        return piece.limit();
    }
}
