package isthmus.queue.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much the kernel reads around a page that is touched in a mapped file. Behind the end of the log it means filling that
 * with zeros at once. With Linux's 128 KiB nobody notices. With 8 MiB, as on some virtual machines, it takes 20 to 30 ms, in
 * which an event loop stands still and nothing else gets its processor. A process can only do without any, which costs a
 * fifth of the speed, so the operator is told (ADR 16).
 */
final class ReadAhead {
    private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);
    private static final int MOST_KILOBYTES = 1024;

    private ReadAhead() {}

    /** Says what to do when the disk with this directory reads ahead too much. */
    static void advise(Path directory) {
        try {
            long device = ((Number) Files.getAttribute(directory, "unix:dev")).longValue();
            int kilobytes = kilobytes(Path.of("/sys"), device);
            if (kilobytes > MOST_KILOBYTES) {
                LOG.info(
                        "The disk of {} reads {} KiB ahead: under load, messages wait for 20 to 30 ms now and then."
                                + " \"blockdev --setra 256\" on it makes that Linux's usual 128 KiB.",
                        directory,
                        kilobytes);
            }
        } catch (IOException | RuntimeException notLinux) {
            LOG.debug("The read-ahead of the disk with {} is not known", directory, notLinux);
        }
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
}
