package isthmus.gateway.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends all connections in good order. Blocks the calling thread. */
public final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final SessionRegistry registry;

    public Shutdown(SessionRegistry registry) {
        this.registry = registry;
    }

    /** @param patience how long to wait for the event loops */
    public void closeConnections(Duration patience) {
        List<Session> sessions = registry.all();
        CountDownLatch done = new CountDownLatch(sessions.size());
        sessions.forEach(session -> session.tell(new SessionCommand.Shutdown(done::countDown)));
        try {
            if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} sessions were not ended within {}", done.getCount(), patience);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
