package isthmus.queue.embedded;

import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set of topics that can be asked with the bytes of a stored record, so that nothing is allocated for records of other
 * topics, and all records of one topic share one String. Immutable.
 */
final class TopicSet implements TopicMatch {
    /** Open addressing; the length is a power of two and at least twice the number of topics. */
    private final @Nullable String[] slots;

    TopicSet(Set<String> topics) {
        slots = new @Nullable String[Integer.highestOneBit(Math.max(1, topics.size())) * 4];
        for (String topic : topics) {
            int slot = topic.hashCode() & (slots.length - 1);
            while (slots[slot] != null) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = topic;
        }
    }

    @Override
    public @Nullable String match(ByteBuffer log, int at, int length) {
        int slot = hash(log, at, length) & (slots.length - 1);
        for (String topic = slots[slot]; topic != null; topic = slots[slot]) {
            if (equal(topic, log, at, length)) {
                return topic;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return null;
    }

    /** {@link String#hashCode} of these bytes: topic names are ASCII. */
    private static int hash(ByteBuffer log, int at, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + log.get(at + i);
        }
        return hash;
    }

    private static boolean equal(String topic, ByteBuffer log, int at, int length) {
        if (topic.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (topic.charAt(i) != log.get(at + i)) {
                return false;
            }
        }
        return true;
    }
}
