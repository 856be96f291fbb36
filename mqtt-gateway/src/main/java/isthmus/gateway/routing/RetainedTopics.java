package isthmus.gateway.routing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which topics have a retained message, as far as the feed has come: what a Client may not add to any more is known before
 * it is told that its message is stored. Holds 64 bits of each topic, not its text. Written by the feed thread, asked by
 * any.
 */
public final class RetainedTopics {
    private final Set<Long> hashes = ConcurrentHashMap.newKeySet();
    private final AtomicInteger size = new AtomicInteger();

    void add(String topic) {
        if (hashes.add(hash(topic))) {
            size.incrementAndGet();
        }
    }

    void remove(String topic) {
        if (hashes.remove(hash(topic))) {
            size.decrementAndGet();
        }
    }

    /** Whether a retained message of this topic keeps the number within the bound. */
    public boolean hasRoom(String topic, int most) {
        return size.get() < most || hashes.contains(hash(topic));
    }

    public int size() {
        return size.get();
    }

    private static long hash(String topic) {
        long hash = 1_125_899_906_842_597L;
        for (int i = 0; i < topic.length(); i++) {
            hash = 31 * hash + topic.charAt(i);
        }
        return hash;
    }
}
