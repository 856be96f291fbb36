package isthmus.gateway.routing;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the messages of single topics: of those that come, as long as there are not too many, and of those that
 * somebody asks for. Whoever keeps the history says when one is to be forgotten. Counted on the feed thread, asked by
 * any.
 */
public final class TopicCounts {
    /** So many topics are counted because a message came; with their history they take some megabytes. */
    static final int MOST = 10_000;
    /** Topics of more characters are counted only when somebody asks for them. */
    static final int LONGEST = 256;
    /** So many may be counted beside them because somebody asked. */
    static final int MOST_ASKED = 1_000;

    /** What one topic has had since it is counted. */
    public static final class Count {
        private final AtomicLong in = new AtomicLong();
        private final AtomicLong out = new AtomicLong();

        private Count() {}

        /** Feed thread, which is the only one that writes. */
        private void add(int receivers) {
            in.lazySet(in.get() + 1);
            out.lazySet(out.get() + receivers);
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

    private final ConcurrentMap<String, Count> counts = new ConcurrentHashMap<>();

    /** A message of the topic was handed to so many Clients. Feed thread. */
    public void saw(String topic, int receivers) {
        Count count = counts.get(topic);
        if (count == null && topic.length() <= LONGEST && counts.size() < MOST) {
            count = counts.computeIfAbsent(topic, any -> new Count());
        }
        if (count != null) {
            count.add(receivers);
        }
    }

    /** The count of a topic, or null when it is not counted. */
    public @Nullable Count find(String topic) {
        return counts.get(topic);
    }

    /** The count of a topic, which begins now if it was not counted; null when too many are. */
    public @Nullable Count begin(String topic) {
        Count count = counts.get(topic);
        return count != null || counts.size() >= MOST + MOST_ASKED
                ? count
                : counts.computeIfAbsent(topic, any -> new Count());
    }

    /** All that are counted now. */
    public void forEach(BiConsumer<String, Count> action) {
        counts.forEach(action);
    }

    /** A message that comes at this very moment may be counted nowhere. */
    public void forget(String topic) {
        counts.remove(topic);
    }
}
