package isthmus.gateway.session;

import isthmus.gateway.admin.PacketListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** What an operator has decided about single Clients: who is banned, and whose packets are watched. Any thread. */
public final class Supervision {
    private final Set<String> banned = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, PacketListener> watched = new ConcurrentHashMap<>();

    /** From now on the Client is not let in. */
    void ban(String clientId) {
        banned.add(clientId);
    }

    void unban(String clientId) {
        banned.remove(clientId);
    }

    boolean isBanned(String clientId) {
        return banned.contains(clientId);
    }

    /** @return false if somebody else watches the Client already */
    boolean watch(String clientId, PacketListener listener) {
        return watched.putIfAbsent(clientId, listener) == null;
    }

    void unwatch(String clientId, PacketListener listener) {
        watched.remove(clientId, listener);
    }

    /** Null almost always. */
    @Nullable
    PacketListener watcherOf(String clientId) {
        return watched.isEmpty() ? null : watched.get(clientId);
    }
}
