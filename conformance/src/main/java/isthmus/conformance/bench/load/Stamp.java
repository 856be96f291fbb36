package isthmus.conformance.bench.load;

import java.nio.ByteBuffer;

/**
 * What a payload begins with: the topic's number, the message's number in that topic, and the time at which it
 * was due ({@link System#nanoTime}). It makes loss, duplication, order and latency exact.
 */
final class Stamp {
    static final int BYTES = 20;

    private static final int SEQUENCE = 4;
    private static final int DUE = 12;

    private Stamp() {}

    static void write(ByteBuffer buffer, int at, int topic, long sequence, long due) {
        buffer.putInt(at, topic);
        buffer.putLong(at + SEQUENCE, sequence);
        buffer.putLong(at + DUE, due);
    }

    static int topic(ByteBuffer buffer, int at) {
        return buffer.getInt(at);
    }

    static long sequence(ByteBuffer buffer, int at) {
        return buffer.getLong(at + SEQUENCE);
    }

    static long due(ByteBuffer buffer, int at) {
        return buffer.getLong(at + DUE);
    }
}
