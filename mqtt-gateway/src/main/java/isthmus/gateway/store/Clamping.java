package isthmus.gateway.store;

import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.StoredSession.InFlight;
import isthmus.gateway.spi.StoredSession.StoredSubscription;
import isthmus.gateway.store.Keys.SessionField;

/**
 * Forgets every log position at or past {@code end}, because the log has lost them in a power failure and will give them to
 * other messages. Positions that mean "everything up to here" move back; what referred to a lost message goes. Retained
 * messages stay: they are stored whole. In the thread that starts the gateway.
 */
final class Clamping {
    private final Database database;
    private final IndexEncoder index;
    private final long end;
    private final long last;

    Clamping(Database database, IndexEncoder index, long end) {
        this.database = database;
        this.index = index;
        this.end = end;
        this.last = end - 1;
    }

    void run() {
        database.write(true, batch -> {
            clampFeed(batch);
            clampIndex(batch);
            clampCursors(batch);
            clampSubscriptions(batch);
            clampInFlight(batch);
            clampReceived(batch);
        });
    }

    private void clampFeed(Batch batch) {
        if (database.number(Keys.FEED_POSITION, -1) > end) {
            batch.put(Table.META, Keys.FEED_POSITION, Values.number(end));
        }
    }

    private void clampIndex(Batch batch) {
        for (int filterId : FilterReading.indexedFilters(database)) {
            index.delete(Keys.index(filterId, end), Keys.afterIndex(filterId), batch);
        }
    }

    private void clampCursors(Batch batch) {
        database.forEach(Table.SESSIONS, (key, value) -> {
            if (SessionField.CURSOR.isOf(key) && Values.number(value) > last) {
                batch.put(Table.SESSIONS, key, Values.number(last));
            }
        });
    }

    private void clampSubscriptions(Batch batch) {
        database.forEach(Table.SUBSCRIPTIONS, (key, value) -> {
            StoredSubscription subscription = Values.subscription("", value);
            if (subscription.since() > last) {
                QoS qos = subscription.qos();
                batch.put(Table.SUBSCRIPTIONS, key, Values.subscription(qos, last));
            }
        });
    }

    /** A message that is lost has to be taken again when its Client repeats it. */
    private void clampReceived(Batch batch) {
        database.forEach(Table.RECEIVED, (key, value) -> {
            if (Values.number(value) > last) {
                batch.delete(Table.RECEIVED, key);
            }
        });
    }

    /** A released message is not read again, only PUBREL is sent: it may stay. */
    private void clampInFlight(Batch batch) {
        database.forEach(Table.IN_FLIGHT, (key, value) -> {
            if (Values.isInFlight(value)) {
                InFlight message = Values.inFlight(Keys.packetId(key), value);
                if (message.position() > last && !message.released()) {
                    batch.delete(Table.IN_FLIGHT, key);
                }
            }
        });
    }
}
