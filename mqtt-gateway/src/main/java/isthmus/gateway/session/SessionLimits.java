package isthmus.gateway.session;

import java.time.Duration;

/**
 * What a Client may make the gateway hold.
 *
 * @param connectTimeout from the accepted connection to the CONNECT
 * @param keepAliveMax seconds; a longer Keep Alive, or none, is treated as this one; 65,535 leaves all as they are
 * @param subscriptions per session; one more is answered with 0x80
 * @param inFlight unacknowledged outgoing messages per session, 1 to 65,535
 * @param pending messages that wait in memory per session before it reads on from the log
 * @param sessionExpiry how long a stored session waits for its Client
 * @param willBytes longest Will Message
 * @param stalled how long a Client may take nothing of what is sent to it
 */
public record SessionLimits(
        Duration connectTimeout,
        int keepAliveMax,
        int subscriptions,
        int inFlight,
        int pending,
        Duration sessionExpiry,
        int willBytes,
        Duration stalled) {}
