package isthmus.gateway.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Client as it is seen without asking its session: every part is right, but they may be of moments that follow each other.
 *
 * @param connection null while it is not online
 * @param stored whether it has a stored session (Clean Session 0)
 * @param inFlight messages sent to it and not acknowledged
 * @param waiting messages in memory that it does not take
 */
public record ClientStatus(
        String clientId,
        @Nullable ClientConnection connection,
        boolean stored,
        @Nullable LastDisconnect lastDisconnect,
        List<HeldSubscription> subscriptions,
        int inFlight,
        int waiting) {
    public boolean isOnline() {
        return connection != null;
    }
}
