package isthmus.server.management;

import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.SessionStore;
import isthmus.server.api.Json;
import isthmus.server.operations.ClientOperations.Ban;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** The clients that are not let in, as they are stored. Any thread; changes block. */
public final class Bans {
    private static final String KIND = "ban";

    private final SessionStore store;
    private final Json json = new Json();
    private final Map<String, Ban> bans = new ConcurrentSkipListMap<>();

    private Bans(SessionStore store) {
        this.store = store;
    }

    /** Reads them. Blocks. */
    public static Bans open(SessionStore store) {
        Bans bans = new Bans(store);
        store.records(KIND).forEach(bans::restore);
        return bans;
    }

    private void restore(String clientId, Payload value) {
        bans.put(clientId, StoredJson.read(json, Ban.class, value, "ban of " + clientId));
    }

    /** Who is banned. */
    public Set<String> clientIds() {
        return Set.copyOf(bans.keySet());
    }

    boolean isBanned(String clientId) {
        return bans.containsKey(clientId);
    }

    List<Ban> list(String after, int limit) {
        return bans.values().stream()
                .filter(ban -> ban.clientId().compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    /** A repetition changes nothing but why, since when and by whom. */
    Ban add(Ban ban) {
        store.putRecord(KIND, ban.clientId(), Payload.wrap(json.write(ban)));
        bans.put(ban.clientId(), ban);
        return ban;
    }

    boolean remove(String clientId) {
        store.removeRecord(KIND, clientId);
        return bans.remove(clientId) != null;
    }
}
