package isthmus.bridge;

import isthmus.queue.api.TraceContext;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/** Begins a trace with the message of a device. Any thread. */
final class NewTraces {
    private static final HexFormat HEX = HexFormat.of();

    private final long sampledBelow;
    private final LongSupplier random;

    /**
     * @param sampledOneIn see {@link TraceSettings#sampledOneIn}
     * @param random every long is as likely as any other; any thread
     */
    NewTraces(int sampledOneIn, LongSupplier random) {
        this.sampledBelow = sampledOneIn == 0 ? 0 : Long.MAX_VALUE / sampledOneIn;
        this.random = random;
    }

    TraceContext begin() {
        long low = nonZero();
        String traceId = HEX.toHexDigits(random.getAsLong()) + HEX.toHexDigits(low);
        String parentId = HEX.toHexDigits(nonZero());
        return new TraceContext("00-" + traceId + "-" + parentId + (isSampled(low) ? "-01" : "-00"), "");
    }

    /** By the trace id, in the way of OpenTelemetry's TraceIdRatioBased, so that it decides alike with the same ratio. */
    private boolean isSampled(long low) {
        return sampledBelow == Long.MAX_VALUE || (sampledBelow > 0 && Math.abs(low) < sampledBelow);
    }

    /** An id of zeros only is none. */
    private long nonZero() {
        long next;
        do {
            next = random.getAsLong();
        } while (next == 0);
        return next;
    }
}
