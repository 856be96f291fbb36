package isthmus.gateway.store;

import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.SessionStore.RetainedView;
import isthmus.gateway.topics.TopicFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.Snapshot;

/** The retained messages as they were when this was made, which nothing written since changes. Reader threads. */
final class RetainedSnapshot implements RetainedView {
    private final Database database;
    private final Snapshot snapshot;

    RetainedSnapshot(Database database) {
        this.database = database;
        this.snapshot = database.snapshot();
    }

    @Override
    public List<LoggedMessage> find(String filter, String after, int limit) {
        TopicSeek seek = new TopicSeek(TopicFilter.of(filter));
        List<LoggedMessage> found = new ArrayList<>();
        byte[] target = seek.nextFrom(after.isEmpty() ? Values.NONE : TopicSeek.following(Keys.topic(after)));
        try (Cursor cursor = database.cursor(Table.RETAINED, null, snapshot)) {
            boolean valid = target != null && cursor.seek(target);
            while (valid && found.size() < limit) {
                byte[] key = cursor.key();
                target = seek.nextFrom(key);
                if (target == key) {
                    found.add(Values.retained(Values.text(key), cursor.value()));
                    valid = cursor.next();
                } else {
                    valid = target != null && goTo(cursor, target);
                }
            }
        }
        return found;
    }

    /** The next key often is far enough, and looking is much cheaper than seeking. */
    private static boolean goTo(Cursor cursor, byte[] target) {
        return cursor.next() && (Arrays.compareUnsigned(cursor.key(), target) >= 0 || cursor.seek(target));
    }

    @Override
    public void close() {
        database.release(snapshot);
    }
}
