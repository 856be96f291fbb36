package isthmus.gateway.session;

import isthmus.gateway.admin.LastDisconnect;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How the Clients ended that left last and have no session any more: a bounded number of them. Any thread. */
final class Departures {
    private static final int MOST = 10_000;

    private record Departure(String clientId, LastDisconnect last) {}

    private final ConcurrentMap<String, LastDisconnect> last = new ConcurrentHashMap<>();
    private final Queue<Departure> order = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    void add(String clientId, LastDisconnect disconnect) {
        last.put(clientId, disconnect);
        order.add(new Departure(clientId, disconnect));
        if (size.incrementAndGet() > MOST) {
            Departure oldest = order.poll();
            if (oldest != null) {
                size.decrementAndGet();
                last.remove(oldest.clientId(), oldest.last());
            }
        }
    }

    @Nullable
    LastDisconnect find(String clientId) {
        return last.get(clientId);
    }
}
