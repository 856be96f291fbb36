package isthmus.server.management;

import isthmus.gateway.Administration;
import isthmus.gateway.limits.Capacity;
import isthmus.server.operations.InstanceOperations.Use;
import java.util.List;

/** How much of each limit is used. */
final class Uses {
    static final String CONNECTIONS = "connections";
    static final String SUBSCRIPTIONS = "subscriptions";
    static final String STORED_SESSIONS = "stored_sessions";
    static final String RETAINED_MESSAGES = "retained_messages";
    static final String WAITING_BYTES = "waiting_bytes";

    private Uses() {}

    static List<Use> of(Administration gateway) {
        Capacity capacity = gateway.capacity();
        return List.of(
                new Use(CONNECTIONS, gateway.connections(), gateway.mostConnections()),
                new Use(
                        SUBSCRIPTIONS,
                        capacity.subscriptions().taken(),
                        capacity.subscriptions().most()),
                new Use(
                        STORED_SESSIONS,
                        capacity.storedSessions().taken(),
                        capacity.storedSessions().most()),
                new Use(
                        RETAINED_MESSAGES,
                        gateway.retainedMessages(),
                        capacity.limits().retainedMessages()),
                new Use(
                        WAITING_BYTES,
                        capacity.waiting().total(),
                        capacity.limits().waitingBytes()));
    }
}
