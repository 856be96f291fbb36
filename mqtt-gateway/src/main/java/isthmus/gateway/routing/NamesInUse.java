package isthmus.gateway.routing;

import isthmus.gateway.auth.Sha256;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Names that Clients can make the server remember, as far as the feed has come: topics with a retained message, Clients
 * with an inbox. What a Client may not add to any more is known before it is told that its message is stored. Of each name
 * it holds 64 bits of the SHA-256, not the text, which may be long. Written by the feed thread, asked by any.
 */
public final class NamesInUse {
    private final Set<Long> hashes = ConcurrentHashMap.newKeySet();
    private final AtomicInteger size = new AtomicInteger();

    void add(String name) {
        if (hashes.add(hash(name))) {
            size.incrementAndGet();
        }
    }

    void remove(String name) {
        if (hashes.remove(hash(name))) {
            size.decrementAndGet();
        }
    }

    /** Whether the number stays within the bound when this name is in use, too. */
    public boolean hasRoom(String name, int most) {
        return size.get() < most || hashes.contains(hash(name));
    }

    public int size() {
        return size.get();
    }

    private static long hash(String name) {
        return ByteBuffer.wrap(Sha256.of(name)).getLong();
    }
}
