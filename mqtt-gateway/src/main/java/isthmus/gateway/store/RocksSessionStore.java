package isthmus.gateway.store;

import isthmus.gateway.spi.KeptWill;
import isthmus.gateway.spi.OpenConnection;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.SessionStore;
import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.spi.StoredSession;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The session store in a directory of this machine, on RocksDB. What was written survives {@code kill -9}, because RocksDB
 * has handed it to the operating system; opened with {@code sync}, what {@link #write} completes survives power loss too.
 * Any thread; after {@link #close} every call fails with {@link StoreFailure}.
 */
public final class RocksSessionStore implements SessionStore {
    /** So many in-flight messages may be sent between two openings: more than one a microsecond for twelve days. */
    private static final int IN_FLIGHT_BITS = 40;

    private final Database database;
    private final IndexEncoder index;
    private final ChangeEncoder encoder;
    private final GroupCommit commits;

    private RocksSessionStore(Database database, long opening, boolean sync) {
        this.database = database;
        this.index = new IndexEncoder(database);
        this.encoder = new ChangeEncoder(index, opening << IN_FLIGHT_BITS);
        this.commits = new GroupCommit(changes -> commit(changes, sync));
    }

    /**
     * Opens the store of a directory, which is created when it is missing.
     *
     * @param sync whether {@link #write} waits for the disk, so that what it completes survives power loss. {@link #writeNow}
     *     never does: the feed derives its changes from the log and makes them again
     * @throws StoreFailure with a sentence when the directory cannot be written, is in use by another process, is broken or
     *     was written by a newer version
     */
    public static RocksSessionStore open(Path directory, boolean sync) {
        Database database = new DatabaseOpening(directory).open();
        long opening = database.number(Keys.OPENINGS, 0) + 1;
        database.write(false, batch -> batch.put(Table.META, Keys.OPENINGS, Values.number(opening)));
        RocksSessionStore store = new RocksSessionStore(database, opening, sync);
        store.commits.start();
        return store;
    }

    /**
     * Completes when the disk has failed and nothing can be written until the store is opened again, with a sentence that says
     * what to do. A full disk is no such failure.
     */
    public CompletionStage<String> failure() {
        return database.failure();
    }

    @Override
    public List<StoredSession> sessions() {
        return new SessionReading(database).read();
    }

    @Override
    public Map<String, Integer> filters() {
        return new FilterReading(database, index).read();
    }

    @Override
    public void retainedTopics(Consumer<String> topic) {
        try (Cursor cursor = database.cursor(Table.RETAINED, null, null)) {
            for (boolean valid = cursor.seek(Values.NONE); valid; valid = cursor.next()) {
                topic.accept(Values.text(cursor.key()));
            }
        }
    }

    @Override
    public long feedPosition() {
        return database.number(Keys.FEED_POSITION, -1);
    }

    @Override
    public void clampTo(long end) {
        new Clamping(database, index, end).run();
    }

    @Override
    public CompletionStage<Void> write(List<StoreChange> changes) {
        return commits.write(changes);
    }

    @Override
    public void writeSoon(List<StoreChange> changes) {
        commits.writeSoon(changes);
    }

    /** @throws StoreFailure when nothing was written */
    @Override
    public void writeNow(List<StoreChange> changes) {
        database.write(false, batch -> changes.forEach(change -> encoder.encode(change, batch)));
    }

    /** Two steps, although one could do both: the feed, which writes too, would have to wait for the disk with this one. */
    private void commit(List<StoreChange> changes, boolean sync) {
        writeNow(Condensed.of(changes));
        if (sync) {
            database.sync();
        }
    }

    @Override
    public IndexEntries index(int filterId, long after) {
        return new IndexWalk(database, filterId, after);
    }

    @Override
    public RetainedView retained() {
        return new RetainedSnapshot(database);
    }

    @Override
    public List<OpenConnection> openConnections(@Nullable OpenConnection after, int limit) {
        byte[] from = after == null ? null : Keys.channel(after.clientId(), after.channelId());
        return database.page(
                Table.OPEN,
                from,
                limit,
                (key, value) -> new OpenConnection(Keys.nameOf(key), Keys.restOf(key), Values.text(value)));
    }

    @Override
    public List<KeptWill> wills(@Nullable KeptWill after, int limit) {
        byte[] from = after == null ? null : Keys.channel(after.message().clientId(), after.channelId());
        return database.page(Table.WILLS, from, limit, Values::will);
    }

    @Override
    public long eventIndex() {
        return database.number(Keys.EVENT_INDEX, 0);
    }

    @Override
    public Map<String, Payload> records(String kind) {
        Map<String, Payload> records = new HashMap<>();
        database.forEach(
                Table.RECORDS,
                Keys.name(kind),
                Keys.afterName(kind),
                (key, value) -> records.put(Keys.restOf(key), Payload.wrap(value)));
        return records;
    }

    @Override
    public void changeRecords(List<RecordChange> changes) {
        database.write(true, batch -> changes.forEach(change -> change(batch, change)));
    }

    private static void change(Batch batch, RecordChange change) {
        byte[] key = Keys.record(change.kind(), change.name());
        Payload value = change.value();
        if (value == null) {
            batch.delete(Table.RECORDS, key);
        } else {
            batch.put(Table.RECORDS, key, value.array());
        }
    }

    @Override
    public void close() {
        commits.close();
        database.close();
    }
}
