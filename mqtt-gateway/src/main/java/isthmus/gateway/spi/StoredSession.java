package isthmus.gateway.spi;

import java.util.List;
import java.util.Set;

/**
 * The stored part of a session (Clean Session 0).
 *
 * @param cursor everything up to and including this position was taken into {@code inFlight} or did not match
 * @param leftMillis when its last connection ended, milliseconds since the epoch; 0 while it has not ended
 * @param inFlight unacknowledged outgoing messages in the order in which they were sent
 * @param received Packet Identifiers of QoS 2 messages received and not released
 */
public record StoredSession(
        String clientId,
        long createdMillis,
        long leftMillis,
        long cursor,
        List<StoredSubscription> subscriptions,
        List<InFlight> inFlight,
        Set<Integer> received) {
    /** Messages after {@code since} belong to the subscription. */
    public record StoredSubscription(String filter, QoS qos, long since) {}

    /** @param released whether PUBREC came, so that PUBREL is what is sent again */
    public record InFlight(int packetId, long position, QoS qos, boolean released) {}
}
