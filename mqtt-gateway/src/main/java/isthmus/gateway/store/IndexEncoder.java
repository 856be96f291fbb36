package isthmus.gateway.store;

import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.spi.StoreChange.FeedMoved;
import isthmus.gateway.spi.StoreChange.FilterAdded;
import isthmus.gateway.spi.StoreChange.FilterRemoved;
import isthmus.gateway.spi.StoreChange.IndexEntryRemoved;
import isthmus.gateway.spi.StoreChange.IndexTrimmed;
import isthmus.gateway.spi.StoreChange.Indexed;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns changes of the backlog index into changes of tables.
 *
 * <p>Trimming looks the entries up and deletes each. RocksDB's range deletion would need no look, but with thousands of
 * ranges not yet written out every read takes tens of milliseconds. Any thread.
 */
final class IndexEncoder {
    /** From here on one range is cheaper than its entries, and there are few filters that have so many. */
    private static final int MANY = 4096;

    private final Database database;

    /**
     * How far a filter is trimmed.
     *
     * @param before what the last trimming asked for: asking for no more needs no look
     * @param last the last entry that was found, so that the next look does not walk over what was deleted
     */
    private record Trimmed(long before, long last) {}

    private static final Trimmed NOT_TRIMMED = new Trimmed(0, 0);

    private final Map<Integer, Trimmed> trimmed = new ConcurrentHashMap<>();

    IndexEncoder(Database database) {
        this.database = database;
    }

    /** @return whether it was such a change */
    boolean encode(StoreChange change, Batch batch) {
        if (change instanceof Indexed c) {
            batch.putIndex(Keys.index(c.filterId(), c.position()));
        } else if (change instanceof FeedMoved c) {
            batch.put(Table.META, Keys.FEED_POSITION, Values.number(c.next()));
        } else if (change instanceof IndexEntryRemoved c) {
            batch.delete(Table.INDEX, Keys.index(c.filterId(), c.position()));
        } else if (change instanceof IndexTrimmed c) {
            trim(c.filterId(), c.before(), batch);
        } else if (change instanceof FilterAdded c) {
            batch.put(Table.FILTERS, Keys.filter(c.filterId()), Values.text(c.filter()));
        } else if (change instanceof FilterRemoved c) {
            batch.delete(Table.FILTERS, Keys.filter(c.filterId()));
            delete(Keys.index(c.filterId(), 0), Keys.afterIndex(c.filterId()), batch);
            trimmed.remove(c.filterId());
        } else {
            return false;
        }
        return true;
    }

    private void trim(int filterId, long before, Batch batch) {
        Trimmed until = trimmed.getOrDefault(filterId, NOT_TRIMMED);
        if (until.before < before) {
            long last = delete(Keys.index(filterId, until.last), Keys.index(filterId, before), batch);
            trimmed.put(filterId, new Trimmed(before, Math.max(last, until.last)));
        }
    }

    /**
     * Deletes entries of one filter, also those that the same batch puts.
     *
     * @return the position of the last one found in the table, or -1
     */
    long delete(byte[] from, byte[] end, Batch batch) {
        batch.deleteIndexPuts(from, end);
        byte[] last = Values.NONE;
        try (Cursor cursor = database.cursor(Table.INDEX, end, null)) {
            int found = 0;
            for (boolean valid = cursor.seek(from); valid; valid = cursor.next()) {
                last = cursor.key();
                if (++found > MANY) {
                    batch.deleteRange(Table.INDEX, last, end);
                    break;
                }
                batch.delete(Table.INDEX, last);
            }
        }
        return last.length == 0 ? -1 : Keys.position(last);
    }
}
