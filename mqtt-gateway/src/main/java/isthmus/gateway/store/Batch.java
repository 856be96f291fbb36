package isthmus.gateway.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Changes of tables that are written together or not at all. Lives inside {@link Database#write}, in one thread. */
final class Batch implements AutoCloseable {
    private final WriteBatch batch = new WriteBatch();
    private final Map<Table, ColumnFamilyHandle> handles;
    private final Path directory;
    private final List<byte[]> indexPuts = new ArrayList<>();

    Batch(Map<Table, ColumnFamilyHandle> handles, Path directory) {
        this.handles = handles;
        this.directory = directory;
    }

    void put(Table table, byte[] key, byte[] value) {
        try {
            batch.put(handleOf(table), key, value);
        } catch (RocksDBException e) {
            throw StoreFailure.writing(directory, e);
        }
    }

    /** Puts an entry of the backlog index. */
    void putIndex(byte[] key) {
        put(Table.INDEX, key, Values.NONE);
        indexPuts.add(key);
    }

    /** Deletes those of the index entries put before that lie between two keys. */
    void deleteIndexPuts(byte[] from, byte[] end) {
        for (byte[] key : indexPuts) {
            if (Arrays.compareUnsigned(key, from) >= 0 && Arrays.compareUnsigned(key, end) < 0) {
                delete(Table.INDEX, key);
            }
        }
    }

    /** Appends to the value. */
    void append(Table table, byte[] key, byte[] value) {
        try {
            batch.merge(handleOf(table), key, value);
        } catch (RocksDBException e) {
            throw StoreFailure.writing(directory, e);
        }
    }

    void delete(Table table, byte[] key) {
        try {
            batch.delete(handleOf(table), key);
        } catch (RocksDBException e) {
            throw StoreFailure.writing(directory, e);
        }
    }

    /** Deletes the keys from {@code from} (inclusive) to {@code to} (exclusive), also those put into this batch before. */
    void deleteRange(Table table, byte[] from, byte[] to) {
        try {
            batch.deleteRange(handleOf(table), from, to);
        } catch (RocksDBException e) {
            throw StoreFailure.writing(directory, e);
        }
    }

    private ColumnFamilyHandle handleOf(Table table) {
        return Objects.requireNonNull(handles.get(table));
    }

    WriteBatch batch() {
        return batch;
    }

    boolean isEmpty() {
        return batch.count() == 0;
    }

    @Override
    public void close() {
        batch.close();
    }
}
