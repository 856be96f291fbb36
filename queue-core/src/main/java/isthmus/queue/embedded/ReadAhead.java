package isthmus.queue.embedded;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.rocketmq.store.util.LibC;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of a mapped file the kernel reads when one page of it is touched. By default as much around it as the disk's
 * read-ahead says, which is good for who reads; behind the end of the log it means filling that with zeros at once. With the
 * usual 128 KiB nobody notices. With 8 MiB, as on some virtual machines, it takes 20 to 30 ms, in which an event loop stands
 * still and nothing else gets its processor. There the file that is written to is better off with one page at a time, though
 * the log as a whole then takes a fifth more CPU time at full speed (docs/performance.md).
 *
 * <p>Any thread. Where the system does not take such advice, it is said once in the log, and everything works without.
 */
final class ReadAhead {
    private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);
    private static final int MOST_KILOBYTES = 1024;

    /** Set when the read-ahead is small enough, is not known, or cannot be changed. */
    private volatile boolean left;

    private ReadAhead(boolean left) {
        this.left = left;
    }

    /** That of the disk with this directory. */
    static ReadAhead of(Path directory) {
        try {
            long device = ((Number) Files.getAttribute(directory, "unix:dev")).longValue();
            return ofKilobytes(kilobytes(Path.of("/sys"), device));
        } catch (IOException | RuntimeException notLinux) {
            LOG.debug("The read-ahead of the disk with {} is not known", directory, notLinux);
            return new ReadAhead(true);
        }
    }

    static ReadAhead ofKilobytes(int kilobytes) {
        return new ReadAhead(kilobytes <= MOST_KILOBYTES);
    }

    /** Of a device, as Linux numbers it, or of the disk that it is a partition of. */
    static int kilobytes(Path sys, long device) throws IOException {
        long major = ((device >> 8) & 0xfff) | ((device >> 32) & ~0xfffL);
        long minor = (device & 0xff) | ((device >> 12) & 0xffffff00L);
        String number = major + ":" + minor;
        for (String place : List.of("class/bdi/" + number, "dev/block/" + number + "/../queue")) {
            Path file = sys.resolve(place).resolve("read_ahead_kb");
            if (Files.exists(file)) {
                return Integer.parseInt(Files.readString(file).trim());
            }
        }
        throw new IOException("device " + number + " has no read-ahead");
    }

    /** From now on one page at a time, for a file that is written to. */
    void off(ByteBuffer mapped) {
        advise(mapped, LibC.MADV_RANDOM);
    }

    /** As usual, for a file that is only read. */
    void on(ByteBuffer mapped) {
        advise(mapped, LibC.MADV_NORMAL);
    }

    private void advise(ByteBuffer mapped, int advice) {
        if (left) {
            return;
        }
        try {
            int result = LibC.INSTANCE.madvise(
                    Native.getDirectBufferPointer(mapped), new NativeLong(mapped.capacity()), advice);
            if (result != 0) {
                leave("madvise returned " + result);
            }
        } catch (LinkageError | RuntimeException notHere) {
            leave(notHere.toString());
        }
    }

    private void leave(String why) {
        left = true;
        LOG.info(
                "The read-ahead of the log's disk is more than {} KiB and cannot be left out ({}): an append may take"
                        + " longer now and then. blockdev --setra makes it smaller.",
                MOST_KILOBYTES,
                why);
    }
}
