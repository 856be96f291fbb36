package isthmus.server;

import isthmus.bridge.EventSeal;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.SessionStore;
import java.security.SecureRandom;

/**
 * The key by which the gateway knows its own client events again. Made at the first start and kept in the session store,
 * next to what it is needed for. In the thread that starts the server.
 */
final class EventKey {
    private static final String KIND = "event key";
    private static final String NAME = "current";
    private static final int BYTES = 32;

    private EventKey() {}

    static EventSeal seal(SessionStore store, SecureRandom random) {
        Payload kept = store.records(KIND).get(NAME);
        if (kept == null) {
            byte[] key = new byte[BYTES];
            random.nextBytes(key);
            kept = Payload.wrap(key);
            store.putRecord(KIND, NAME, kept);
        }
        return EventSeal.of(kept.array());
    }
}
