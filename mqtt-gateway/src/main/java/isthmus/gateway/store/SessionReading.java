package isthmus.gateway.store;

import isthmus.gateway.spi.StoredSession;
import isthmus.gateway.spi.StoredSession.InFlight;
import isthmus.gateway.spi.StoredSession.StoredSubscription;
import isthmus.gateway.store.Keys.SessionField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads all stored sessions, once at start. Rows of a client that has no session, such as a change that was handed over
 * after the session had been removed, are deleted.
 */
final class SessionReading {
    /** What the tables say of one client. */
    private static final class Found {
        private boolean opened;
        private long createdMillis;
        private long leftMillis;
        private long cursor = -1;
        private final List<StoredSubscription> subscriptions = new ArrayList<>();
        private final Map<Long, InFlight> inFlight = new TreeMap<>();
        private final Set<Integer> received = new HashSet<>();
    }

    private interface RowReader {
        void read(Found found, byte[] key, byte[] value);
    }

    private final Database database;
    private final Map<String, Found> clients = new LinkedHashMap<>();

    SessionReading(Database database) {
        this.database = database;
    }

    List<StoredSession> read() {
        each(Table.SESSIONS, SessionReading::readField);
        each(Table.SUBSCRIPTIONS, SessionReading::readSubscription);
        each(Table.IN_FLIGHT, SessionReading::readInFlight);
        each(Table.RECEIVED, (found, key, value) -> found.received.add(Keys.packetId(key)));
        List<StoredSession> sessions = new ArrayList<>();
        List<String> orphans = new ArrayList<>();
        clients.forEach((clientId, found) -> {
            if (found.opened) {
                sessions.add(session(clientId, found));
            } else {
                orphans.add(clientId);
            }
        });
        database.write(false, batch -> orphans.forEach(clientId -> ChangeEncoder.removeAllOf(clientId, batch)));
        return sessions;
    }

    private void each(Table table, RowReader reader) {
        database.forEach(table, (key, value) -> {
            Found found = clients.computeIfAbsent(Keys.nameOf(key), clientId -> new Found());
            reader.read(found, key, value);
        });
    }

    private static void readField(Found found, byte[] key, byte[] value) {
        if (SessionField.CREATED.isOf(key)) {
            found.opened = true;
            found.createdMillis = Values.number(value);
        } else if (SessionField.LEFT.isOf(key)) {
            found.leftMillis = Values.number(value);
        } else {
            found.cursor = Values.number(value);
        }
    }

    private static void readSubscription(Found found, byte[] key, byte[] value) {
        found.subscriptions.add(Values.subscription(Keys.restOf(key), value));
    }

    private static void readInFlight(Found found, byte[] key, byte[] value) {
        if (Values.isInFlight(value)) {
            found.inFlight.put(Values.inFlightOrder(value), Values.inFlight(Keys.packetId(key), value));
        }
    }

    private static StoredSession session(String clientId, Found found) {
        return new StoredSession(
                clientId,
                found.createdMillis,
                found.leftMillis,
                found.cursor,
                List.copyOf(found.subscriptions),
                List.copyOf(found.inFlight.values()),
                Set.copyOf(found.received));
    }
}
