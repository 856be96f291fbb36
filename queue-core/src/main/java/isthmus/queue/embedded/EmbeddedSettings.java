package isthmus.queue.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the embedded RocketMQ runs.
 *
 * @param directory where everything is kept; created when missing; used by one process at a time
 * @param host the address that name server and broker listen on; {@code 0.0.0.0} means all
 * @param advertisedHost the address that clients are told to connect to, or null: {@code host}, or with
 *     {@code 0.0.0.0} this machine's own address
 * @param nameServerPort 1 to 65,535, or 0 for any free one
 * @param brokerPort 3 to 65,535, or 0 for any free one; the broker opens the port two below it as well
 * @param flush when an append counts as stored
 * @param retentionHours how long messages are kept; at least 1
 * @param logFileBytes size of one file of the log; the log is removed file by file
 * @param maxBodyBytes the largest body of a message; a file of the log must hold it
 */
public record EmbeddedSettings(
        Path directory,
        String host,
        @Nullable String advertisedHost,
        int nameServerPort,
        int brokerPort,
        Flush flush,
        int retentionHours,
        int logFileBytes,
        int maxBodyBytes) {
    private static final String PREFIX = "queue.embedded.";
    private static final int MEBIBYTE = 1 << 20;
    /** What a record may hold besides its body: properties, topic, fixed fields. */
    private static final int RECORD_OVERHEAD = 128 << 10;

    /** When an append counts as stored. */
    public enum Flush {
        /** Once it is in the log: survives the end of the process, not a power failure within half a second. */
        ASYNC,
        /** Once the disk has it. */
        SYNC
    }

    public EmbeddedSettings {
        require(!host.isBlank(), "host", "\"\"", "an address or a host name");
        require(advertisedHost == null || !advertisedHost.isBlank(), "advertisedHost", "\"\"", "an address or nothing");
        require(nameServerPort >= 0 && nameServerPort <= 65_535, "nameServerPort", nameServerPort, "0..65535");
        require(
                brokerPort == 0 || (brokerPort >= 3 && brokerPort <= 65_535),
                "brokerPort",
                brokerPort,
                "0 or 3..65535");
        require(
                nameServerPort == 0 || (nameServerPort != brokerPort && nameServerPort != brokerPort - 2),
                "nameServerPort",
                nameServerPort,
                "neither brokerPort nor brokerPort - 2, which the broker uses too");
        require(retentionHours >= 1, "retentionHours", retentionHours, "at least 1");
        require(
                maxBodyBytes >= 1024 && maxBodyBytes <= 128 * MEBIBYTE,
                "maxBodyBytes",
                maxBodyBytes,
                "1024..134217728");
        require(
                logFileBytes >= maxBodyBytes + RECORD_OVERHEAD && logFileBytes <= 1024 * MEBIBYTE,
                "logFileBytes",
                logFileBytes,
                "at least maxBodyBytes + " + RECORD_OVERHEAD + ", at most 1073741824");
    }

    /** The defaults: loopback, RocketMQ's usual ports, 3 days. */
    public static EmbeddedSettings in(Path directory) {
        return new EmbeddedSettings(
                directory, "127.0.0.1", null, 9876, 10911, Flush.ASYNC, 72, 64 * MEBIBYTE, 4 * MEBIBYTE);
    }

    public EmbeddedSettings withPorts(int nameServer, int broker) {
        return new EmbeddedSettings(
                directory, host, advertisedHost, nameServer, broker, flush, retentionHours, logFileBytes, maxBodyBytes);
    }

    public EmbeddedSettings withFlush(Flush value) {
        return new EmbeddedSettings(
                directory,
                host,
                advertisedHost,
                nameServerPort,
                brokerPort,
                value,
                retentionHours,
                logFileBytes,
                maxBodyBytes);
    }

    public EmbeddedSettings withSizes(int logFile, int maxBody) {
        return new EmbeddedSettings(
                directory, host, advertisedHost, nameServerPort, brokerPort, flush, retentionHours, logFile, maxBody);
    }

    private static void require(boolean valid, String key, Object value, String expected) {
        if (!valid) {
            throw new IllegalArgumentException(PREFIX + key + ": " + value + " (expected: " + expected + ")");
        }
    }
}
