package isthmus.gateway.store;

import isthmus.gateway.spi.SessionStore.IndexEntries;

/** The index entries of one filter, read one by one. One reader thread at a time. */
final class IndexWalk implements IndexEntries {
    private final Cursor cursor;
    private final byte[] from;
    private boolean started;
    private boolean ended;

    IndexWalk(Database database, int filterId, long after) {
        long first = Math.max(after + 1, 0); // also of Long.MAX_VALUE, after which there is nothing
        this.ended = after == Long.MAX_VALUE;
        this.from = Keys.index(filterId, first);
        this.cursor = database.cursor(Table.INDEX, Keys.afterIndex(filterId), null);
    }

    @Override
    public long next() {
        if (ended) {
            return -1;
        }
        boolean valid = started ? cursor.next() : cursor.seek(from);
        started = true;
        ended = !valid;
        return valid ? Keys.position(cursor.key()) : -1;
    }

    @Override
    public void close() {
        cursor.close();
    }
}
