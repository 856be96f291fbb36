package isthmus.queue.embedded;

import isthmus.queue.api.LogRecord;
import isthmus.queue.embedded.admin.LogAccess;
import java.io.IOException;
import java.util.Optional;

/** What the operations need of the log. */
record OperationsLog(CommitLogReader log) implements LogAccess {
    @Override
    public Optional<LogRecord> read(long position) {
        return log.read(position);
    }

    @Override
    public byte[] decompress(byte[] stored, int sysFlag) throws IOException {
        return Decompression.decompress(stored, sysFlag);
    }
}
