package isthmus.conformance.crash;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one device does.
 *
 * @param qos of all its subscriptions
 * @param shifts whether it subscribes and unsubscribes all the time
 * @param traffic what it publishes; null for nothing
 * @param leavePerMille how likely it ends its connection in each turn of its loop, which takes some milliseconds
 * @param awayMillis at most how long it stays away then
 */
record DevicePlan(
        String clientId,
        Kind kind,
        List<String> filters,
        int qos,
        boolean shifts,
        @Nullable Traffic traffic,
        int leavePerMille,
        int awayMillis) {
    /** Whether its sessions are stored; a changing one asks for the one or the other every time. */
    enum Kind {
        STORED,
        CLEAN,
        CHANGING
    }

    static DevicePlan publisher(String clientId, Kind kind, Traffic traffic) {
        return new DevicePlan(clientId, kind, List.of(), 0, false, traffic, 2, 50);
    }

    static DevicePlan subscriber(String clientId, Kind kind, int qos, int awayMillis, String... filters) {
        return new DevicePlan(
                clientId, kind, List.of(filters), qos, false, null, awayMillis > 100 ? 10 : 1, awayMillis);
    }

    static DevicePlan shifting(String clientId, int qos, List<String> filters) {
        return new DevicePlan(clientId, Kind.STORED, filters, qos, true, null, 3, 50);
    }

    boolean isStored() {
        return kind == Kind.STORED;
    }
}
