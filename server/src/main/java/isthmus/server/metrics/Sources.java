package isthmus.server.metrics;

import isthmus.bridge.Bridge;
import isthmus.gateway.Administration;
import isthmus.queue.api.QueueCore;
import isthmus.queue.api.admin.Groups;
import java.nio.file.Path;

/**
 * Where the figures come from.
 *
 * @param data the data directory
 */
public record Sources(Administration gateway, Bridge bridge, QueueCore queue, Groups groups, Path data) {
    /** Bytes of the log that the clients have not been told of. */
    public long feedLag() {
        return bridge.feedLag();
    }
}
