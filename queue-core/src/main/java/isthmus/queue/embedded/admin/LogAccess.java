package isthmus.queue.embedded.admin;

import isthmus.queue.api.LogRecord;
import java.io.IOException;
import java.util.Optional;

/** What the operations need of the log beyond RocketMQ's own store. Any thread that may touch the disk. */
public interface LogAccess {
    /**
     * The record at a position, or empty when retention has removed it.
     *
     * @throws IllegalArgumentException when no record begins there
     */
    Optional<LogRecord> read(long position);

    /** Restores a compressed body, however it was compressed; fails on one that unfolds to more than is allowed. */
    byte[] decompress(byte[] stored, int sysFlag) throws IOException;
}
