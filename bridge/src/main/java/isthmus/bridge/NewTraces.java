package isthmus.bridge;

import isthmus.queue.api.TraceContext;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/** Begins a trace with the message of a device. Any thread. */
final class NewTraces {
    /** What every trace begins with: version 00, and places for the trace id, the parent id and the flags. */
    private static final byte[] FORM =
            ("00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-00").getBytes(StandardCharsets.ISO_8859_1);

    private static final int TRACE_ID = 3;
    private static final int PARENT_ID = 36;
    private static final int SAMPLED = 54;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final int DIGITS_PER_LONG = 16;

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
        byte[] parent = FORM.clone();
        long low = nonZero();
        write(random.getAsLong(), parent, TRACE_ID);
        write(low, parent, TRACE_ID + DIGITS_PER_LONG);
        write(nonZero(), parent, PARENT_ID);
        if (isSampled(low)) {
            parent[SAMPLED] = '1';
        }
        return new TraceContext(new String(parent, StandardCharsets.ISO_8859_1), "");
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

    private static void write(long number, byte[] into, int at) {
        for (int digit = 0; digit < DIGITS_PER_LONG; digit++) {
            into[at + digit] = DIGITS[(int) (number >>> (60 - 4 * digit)) & 0xf];
        }
    }
}
