package isthmus.gateway.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open RocksDB with the {@link Table}s, in bytes. When the disk fails, RocksDB refuses every write until it is opened again;
 * only when the disk was full it goes on by itself. Any thread; after {@link #close} every call is refused, and what
 * readers have not closed by then is closed for them.
 */
final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final Path directory;
    private final RocksDB rocks;
    private final List<ColumnFamilyHandle> families;
    private final Map<Table, ColumnFamilyHandle> handles = new EnumMap<>(Table.class);
    private final RocksSettings settings;
    private final Guard guard;
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final Set<Cursor> cursors = ConcurrentHashMap.newKeySet();
    private final Set<Snapshot> snapshots = ConcurrentHashMap.newKeySet();

    /** Takes over what {@link DatabaseOpening} opened; the first families are those of the tables, in their order. */
    Database(Path directory, RocksDB rocks, List<ColumnFamilyHandle> families, RocksSettings settings) {
        this.directory = directory;
        this.rocks = rocks;
        this.families = List.copyOf(families);
        this.settings = settings;
        this.guard = new Guard(directory);
        Table[] tables = Table.values();
        for (int i = 0; i < tables.length; i++) {
            handles.put(tables[i], families.get(i));
        }
    }

    Path directory() {
        return directory;
    }

    /** Completes when nothing can be written any more, with a sentence; in the thread that met it. */
    CompletionStage<String> failure() {
        return failure.copy();
    }

    /**
     * Fills a batch and writes it.
     *
     * @param durable whether it is to survive power loss, which takes milliseconds
     */
    void write(boolean durable, Consumer<Batch> filling) {
        guard.enter();
        try (Batch batch = new Batch(handles, directory)) {
            filling.accept(batch);
            if (!batch.isEmpty()) {
                rocks.write(durable ? settings.durable : settings.quick, batch.batch());
            }
        } catch (RocksDBException e) {
            throw writing(e);
        } finally {
            guard.leave();
        }
    }

    /** Returns when everything that was written before survives power loss: milliseconds. Others may write meanwhile. */
    void sync() {
        guard.enter();
        try {
            rocks.syncWal();
        } catch (RocksDBException e) {
            throw writing(e);
        } finally {
            guard.leave();
        }
    }

    private StoreFailure writing(RocksDBException e) {
        if (isLasting(e.getStatus())) {
            StoreFailure broken = StoreFailure.broken(directory, e);
            failure.complete(broken.getMessage());
            return broken;
        }
        return StoreFailure.writing(directory, e);
    }

    private static boolean isLasting(@Nullable Status status) {
        return status != null
                && (status.getCode() == Status.Code.IOError || status.getCode() == Status.Code.Corruption)
                && status.getSubCode() != Status.SubCode.NoSpace;
    }

    byte @Nullable [] get(Table table, byte[] key) {
        guard.enter();
        try {
            return rocks.get(handle(table), key);
        } catch (RocksDBException e) {
            throw StoreFailure.reading(directory, e);
        } finally {
            guard.leave();
        }
    }

    /** A number of {@link Table#META}, or {@code absent}. */
    long number(byte[] key, long absent) {
        byte[] value = get(Table.META, key);
        return value == null ? absent : Values.number(value);
    }

    /**
     * A cursor over a table, positioned nowhere yet; the caller closes it.
     *
     * @param end where it ends (exclusive); null for the end of the table
     * @param snapshot what is to be seen; null for what is there now
     */
    Cursor cursor(Table table, byte @Nullable [] end, @Nullable Snapshot snapshot) {
        guard.enter();
        try {
            ReadOptions options = new ReadOptions();
            if (snapshot != null) {
                if (!snapshots.contains(snapshot)) {
                    options.close();
                    throw new IllegalStateException("This view of the session store is closed");
                }
                options.setSnapshot(snapshot);
            }
            Cursor cursor = new Cursor(this, rocks, handle(table), options, end);
            cursors.add(cursor);
            return cursor;
        } finally {
            guard.leave();
        }
    }

    /** Calls {@code row} with every key and value of a table, in the order of the keys. */
    void forEach(Table table, BiConsumer<byte[], byte[]> row) {
        forEach(table, Values.NONE, null, row);
    }

    /** The same from a key (inclusive) to another (exclusive; null for the end of the table). */
    void forEach(Table table, byte[] from, byte @Nullable [] end, BiConsumer<byte[], byte[]> row) {
        try (Cursor cursor = cursor(table, end, null)) {
            for (boolean valid = cursor.seek(from); valid; valid = cursor.next()) {
                row.accept(cursor.key(), cursor.value());
            }
        }
    }

    /** The first rows after a key ({@code null}: from the beginning), at most {@code limit}, read one by one. */
    <T> List<T> page(Table table, byte @Nullable [] after, int limit, BiFunction<byte[], byte[], T> row) {
        List<T> page = new ArrayList<>();
        try (Cursor cursor = cursor(table, null, null)) {
            byte[] from = after == null ? Values.NONE : Keys.following(after);
            for (boolean valid = cursor.seek(from); valid && page.size() < limit; valid = cursor.next()) {
                page.add(row.apply(cursor.key(), cursor.value()));
            }
        }
        return page;
    }

    /** The state of now; the caller releases it. */
    Snapshot snapshot() {
        guard.enter();
        try {
            Snapshot snapshot = rocks.getSnapshot();
            snapshots.add(snapshot);
            return snapshot;
        } finally {
            guard.leave();
        }
    }

    /** Does nothing when it was released before, or by {@link #close}. */
    void release(Snapshot snapshot) {
        if (guard.enterIfOpen()) {
            try {
                if (snapshots.remove(snapshot)) {
                    rocks.releaseSnapshot(snapshot);
                }
            } finally {
                guard.leave();
            }
        }
    }

    Guard guard() {
        return guard;
    }

    /** A cursor was closed by its reader. */
    void forget(Cursor cursor) {
        cursors.remove(cursor);
    }

    @Override
    public void close() {
        guard.close(this::free);
    }

    private void free() {
        cursors.forEach(Cursor::free);
        snapshots.forEach(rocks::releaseSnapshot);
        try {
            rocks.syncWal();
        } catch (RocksDBException e) {
            LOG.warn("What was written last to {} may not survive a power failure: {}", directory, e.getMessage());
        } finally {
            families.forEach(ColumnFamilyHandle::close);
            rocks.close();
            settings.close();
        }
    }

    private ColumnFamilyHandle handle(Table table) {
        return Objects.requireNonNull(handles.get(table));
    }
}
