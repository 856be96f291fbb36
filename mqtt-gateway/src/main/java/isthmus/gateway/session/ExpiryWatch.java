package isthmus.gateway.session;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second whose tokens end. It asks the clock, and does not count the time, so that a clock that is set is
 * followed. On a maintenance thread; a million sessions take some milliseconds.
 */
public final class ExpiryWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ExpiryWatch.class);

    private final SessionRegistry registry;
    private final Clock clock;

    public ExpiryWatch(SessionRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public void run() {
        try {
            long now = clock.millis();
            registry.forEach(session -> {
                if (session.recheckMillis() <= now) {
                    session.tell(new SessionCommand.Recheck());
                }
            });
        } catch (RuntimeException failure) {
            LOG.error("looking for tokens that end failed; it is tried again", failure);
        }
    }
}
