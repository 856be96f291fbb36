package isthmus.server.permissions;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each parent topic, found by a Topic Name or Filter without making a text of its first level: it is
 * asked for every message. Immutable; any thread.
 */
final class ParentTable {
    /** What may be done with one parent topic. */
    record Row(String parent, Verdict publish, Verdict subscribe) {}

    private final @Nullable Row[] slots;
    private final List<Row> rows;

    ParentTable(Collection<Row> rows) {
        this.rows = List.copyOf(rows);
        slots = new Row[Integer.highestOneBit(Math.max(1, rows.size())) * 4];
        for (Row row : rows) {
            int slot = hash(row.parent, row.parent.length()) & (slots.length - 1);
            while (slots[slot] != null) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = row;
        }
    }

    /** The row of the parent topic that the first {@code length} characters are, or null. */
    @Nullable
    Row find(String topic, int length) {
        int slot = hash(topic, length) & (slots.length - 1);
        Row row = slots[slot];
        while (row != null && !(row.parent.length() == length && topic.startsWith(row.parent))) {
            slot = (slot + 1) & (slots.length - 1);
            row = slots[slot];
        }
        return row;
    }

    List<Row> rows() {
        return rows;
    }

    private static int hash(String text, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + text.charAt(i);
        }
        return hash ^ (hash >>> 15);
    }
}
