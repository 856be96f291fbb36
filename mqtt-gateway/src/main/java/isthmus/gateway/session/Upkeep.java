package isthmus.gateway.session;

import isthmus.gateway.store.BacklogReader;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the backlog index from growing for ever: removes entries that every session has taken, those whose messages
 * retention has removed, and sessions whose Client did not return in time. Runs on a maintenance thread, now and then.
 */
public final class Upkeep implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final SessionRegistry registry;
    private final SessionContext context;

    public Upkeep(SessionRegistry registry, SessionContext context) {
        this.registry = registry;
        this.context = context;
    }

    @Override
    public void run() {
        try {
            expireSessions();
            trimIndex();
        } catch (RuntimeException failure) {
            LOG.error("upkeep of sessions failed; it is tried again", failure);
        }
    }

    private void expireSessions() {
        long before =
                context.clock().millis() - context.limits().sessionExpiry().toMillis();
        registry.forEach(session -> {
            long left = session.leftMillis();
            if (session.isStored() && left != 0 && left < before) {
                session.tell(new SessionCommand.Expire(left));
            }
        });
    }

    /**
     * An entry may go when all stored sessions that hold its filter have their cursor at or past it. A session that
     * subscribes meanwhile does so for later messages only, so that a bound found now stays right.
     */
    private void trimIndex() {
        Map<Integer, Long> needed = new HashMap<>();
        registry.forEach(session -> {
            if (session.isStored()) {
                long cursor = session.cursor();
                for (BacklogReader.Source source : session.backlogSources()) {
                    needed.merge(source.filterId(), Math.max(cursor, source.since()) + 1, Math::min);
                }
            }
        });
        context.subscriptions().trim(needed, context.log().firstPosition());
    }
}
