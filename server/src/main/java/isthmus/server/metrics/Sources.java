package isthmus.server.metrics;

import isthmus.bridge.Bridge;
import isthmus.gateway.Administration;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Where the figures come from.
 *
 * @param logFirst the position of the oldest record of the log, in bytes
 * @param logEnd the position behind the newest one
 * @param data the data directory
 */
public record Sources(Administration gateway, Bridge bridge, LongSupplier logFirst, LongSupplier logEnd, Path data) {
    /** Bytes of the log that the clients have not been told of. */
    public long feedLag() {
        return bridge.feedLag();
    }
}
