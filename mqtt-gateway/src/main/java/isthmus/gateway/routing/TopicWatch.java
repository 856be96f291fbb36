package isthmus.gateway.routing;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the messages of the few topics that somebody looks at; all others cost nothing. Counted on the feed thread, asked by
 * any.
 */
public final class TopicWatch {
    private static final int MOST = 1000;

    /** What one topic has had since it is watched. */
    public static final class Count {
        private final AtomicLong in = new AtomicLong();
        private final AtomicLong out = new AtomicLong();

        private Count() {}

        private void add(int receivers) {
            in.incrementAndGet();
            out.addAndGet(receivers);
        }

        /** Messages published. */
        public long in() {
            return in.get();
        }

        /** Messages handed to Clients that are online. */
        public long out() {
            return out.get();
        }
    }

    private final ConcurrentMap<String, Count> watched = new ConcurrentHashMap<>();

    /** Feed thread. */
    void saw(String topic, int receivers) {
        if (!watched.isEmpty()) {
            Count count = watched.get(topic);
            if (count != null) {
                count.add(receivers);
            }
        }
    }

    /** The count of a topic, which begins now if it was not watched; null when too many are. */
    public @Nullable Count watch(String topic) {
        Count count = watched.get(topic);
        return count != null || watched.size() >= MOST ? count : watched.computeIfAbsent(topic, any -> new Count());
    }

    public void unwatch(String topic) {
        watched.remove(topic);
    }
}
