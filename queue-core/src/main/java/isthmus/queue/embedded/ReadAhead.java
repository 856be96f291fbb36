package isthmus.queue.embedded;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import org.apache.rocketmq.store.util.LibC;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of a mapped file the kernel reads when one page of it is touched. By default as much around it as the disk's
 * read-ahead says, which is good for who reads, and bad for who appends: what is behind the end is empty, and filled with
 * zeros at once. With 8 MiB, as on some virtual machines, that takes 20 to 30 ms, in which an event loop stands still and
 * nothing else gets its processor (docs/performance.md).
 *
 * <p>Any thread. Where the system does not take such advice, it is said once in the log, and everything works as before.
 */
final class ReadAhead {
    private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);

    private volatile boolean refused;

    /** From now on one page at a time, for a file that is written to. */
    void off(ByteBuffer mapped) {
        advise(mapped, LibC.MADV_RANDOM);
    }

    /** As usual, for a file that is only read. */
    void on(ByteBuffer mapped) {
        advise(mapped, LibC.MADV_NORMAL);
    }

    private void advise(ByteBuffer mapped, int advice) {
        if (refused) {
            return;
        }
        try {
            int result = LibC.INSTANCE.madvise(
                    Native.getDirectBufferPointer(mapped), new NativeLong(mapped.capacity()), advice);
            if (result != 0) {
                refuse("madvise returned " + result);
            }
        } catch (LinkageError | RuntimeException notHere) {
            refuse(notHere.toString());
        }
    }

    private void refuse(String why) {
        refused = true;
        LOG.info("The disk's read-ahead stays as it is for the log: an append may take longer now and then ({})", why);
    }
}
