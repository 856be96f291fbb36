package isthmus.gateway.transport;

import isthmus.gateway.codec.PacketLimits;
import org.jspecify.annotations.Nullable;

/**
 * What all listeners have in common. How long a Client may take, also for the handshake of TLS, is the connection's to
 * bound.
 *
 * @param packets what packets may look like
 * @param backlog connections that the operating system holds until they are accepted
 * @param lowWaterBytes outgoing bytes below which a connection is writable again
 * @param highWaterBytes outgoing bytes above which a connection is not writable
 * @param tls null when there is no listener with TLS
 * @param eventLoopThreads threads that serve all connections
 */
public record TransportOptions(
        PacketLimits packets,
        int backlog,
        int lowWaterBytes,
        int highWaterBytes,
        @Nullable TlsOptions tls,
        int eventLoopThreads) {
    public TransportOptions {
        requirePositive("backlog", backlog);
        requirePositive("low water mark", lowWaterBytes);
        requirePositive("event loop threads", eventLoopThreads);
        if (highWaterBytes < lowWaterBytes) {
            throw new IllegalArgumentException("high water mark: " + highWaterBytes
                    + " (expected: at least the low water mark, " + lowWaterBytes + ")");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
        }
    }
}
