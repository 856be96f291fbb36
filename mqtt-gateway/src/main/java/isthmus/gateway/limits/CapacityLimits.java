package isthmus.gateway.limits;

/**
 * What all Clients together may make the gateway hold.
 *
 * @param storedSessions sessions with Clean Session 0; no further one is opened
 * @param subscriptions of all sessions
 * @param retainedMessages that devices may have; no further topic gets one from them
 * @param inboxes Clients for whom P2P messages are kept; no device has one kept for a further one
 * @param incomingBytes of packets whose end has not come, and again as many of messages that the log has not stored yet
 * @param willBytes of all Wills; no Client with a Will is let in when there are more
 * @param waitingBytes of messages in memory that their Clients do not take
 */
public record CapacityLimits(
        int storedSessions,
        int subscriptions,
        int retainedMessages,
        int inboxes,
        long incomingBytes,
        long willBytes,
        long waitingBytes) {}
