package isthmus.gateway.session;

import isthmus.gateway.admin.ClientConnection;
import isthmus.gateway.admin.LastDisconnect;
import org.jspecify.annotations.Nullable;

/** What can be seen of a session from outside. Written by its owner thread, read by any. */
final class SessionView {
    private volatile @Nullable ClientConnection connection;
    private volatile @Nullable LastDisconnect lastDisconnect;
    private volatile int inFlight;
    private volatile int waiting;

    void connected(ClientConnection now) {
        connection = now;
    }

    void disconnected(LastDisconnect how) {
        connection = null;
        lastDisconnect = how;
    }

    /** Once for a batch, and only what has changed: a volatile write is not free. */
    void outstanding(int nowInFlight, int nowWaiting) {
        if (nowInFlight != inFlight) {
            inFlight = nowInFlight;
        }
        if (nowWaiting != waiting) {
            waiting = nowWaiting;
        }
    }

    @Nullable
    ClientConnection connection() {
        return connection;
    }

    @Nullable
    LastDisconnect lastDisconnect() {
        return lastDisconnect;
    }

    int inFlight() {
        return inFlight;
    }

    int waiting() {
        return waiting;
    }
}
