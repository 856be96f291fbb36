package isthmus.server.management;

import isthmus.gateway.spi.Payload;
import isthmus.server.api.Binder;
import isthmus.server.api.Json;
import java.io.IOException;

/** What was stored as JSON. */
final class StoredJson {
    private StoredJson() {}

    /**
     * Reads a stored record.
     *
     * @param what it is, for the sentence when it cannot be read
     */
    static <T extends Record> T read(Json json, Class<T> type, Payload stored, String what) {
        try {
            return Binder.bind(type, json.read(stored.array()), what);
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "the stored " + what + " is unreadable; restore the data directory from a backup", e);
        }
    }
}
