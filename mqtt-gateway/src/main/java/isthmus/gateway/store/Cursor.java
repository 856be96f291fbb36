package isthmus.gateway.store;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * A walk through a table in the order of the keys. One thread at a time; when the store was closed in the meantime it
 * fails with {@link StoreFailure}.
 */
final class Cursor implements AutoCloseable {
    private final Database database;
    private final ReadOptions options;
    private final @Nullable Slice end;
    private final RocksIterator iterator;
    private boolean closed; // reader's thread

    /** Called by {@link Database#cursor}, inside its guard. */
    Cursor(Database database, RocksDB rocks, ColumnFamilyHandle family, ReadOptions options, byte @Nullable [] end) {
        this.database = database;
        this.options = options;
        this.end = end == null ? null : new Slice(end);
        if (this.end != null) {
            options.setIterateUpperBound(this.end);
        }
        this.iterator = rocks.newIterator(family, options);
    }

    /** Goes to the first key that is not before this one; false when there is none. */
    boolean seek(byte[] key) {
        enter();
        try {
            iterator.seek(key);
            return isValid();
        } finally {
            database.guard().leave();
        }
    }

    /** Goes to the next key; false when there is none. */
    boolean next() {
        enter();
        try {
            iterator.next();
            return isValid();
        } finally {
            database.guard().leave();
        }
    }

    byte[] key() {
        enter();
        try {
            return iterator.key();
        } finally {
            database.guard().leave();
        }
    }

    byte[] value() {
        enter();
        try {
            return iterator.value();
        } finally {
            database.guard().leave();
        }
    }

    private void enter() {
        if (closed) {
            throw new IllegalStateException("This reader of the session store is closed");
        }
        database.guard().enter();
    }

    private boolean isValid() {
        if (iterator.isValid()) {
            return true;
        }
        try {
            iterator.status();
            return false;
        } catch (RocksDBException e) {
            throw StoreFailure.reading(database.directory(), e);
        }
    }

    @Override
    public void close() {
        if (closed || !database.guard().enterIfOpen()) {
            return;
        }
        try {
            closed = true;
            database.forget(this);
            free();
        } finally {
            database.guard().leave();
        }
    }

    /** Frees the native memory. */
    void free() {
        iterator.close();
        options.close();
        if (end != null) {
            end.close();
        }
    }
}
