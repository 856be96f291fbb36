package isthmus.conformance.bench.load;

import java.util.BitSet;

/** The Packet Identifiers 1 to <i>n</i> of one publisher: a ring of the free ones. */
final class PacketIds {
    private final int[] free;
    private final BitSet used = new BitSet();
    private long taken;
    private long released;

    PacketIds(int count) {
        free = new int[count];
        for (int i = 0; i < count; i++) {
            free[i] = i + 1;
        }
    }

    boolean isExhausted() {
        return taken - released == free.length;
    }

    int take() {
        int id = free[(int) (taken % free.length)];
        taken++;
        used.set(id);
        return id;
    }

    /** Whether it was in use. */
    boolean release(int id) {
        if (!used.get(id)) {
            return false;
        }
        used.clear(id);
        free[(int) (released % free.length)] = id;
        released++;
        return true;
    }
}
