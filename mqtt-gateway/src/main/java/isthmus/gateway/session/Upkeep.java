package isthmus.gateway.session;

import isthmus.gateway.store.BacklogReader;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
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
    private final ClockSteps clockSteps;

    /** @param nanoTime {@link System#nanoTime} or a test's clock */
    public Upkeep(SessionRegistry registry, SessionContext context, LongSupplier nanoTime) {
        this.registry = registry;
        this.context = context;
        this.clockSteps = new ClockSteps(context.clock(), nanoTime);
    }

    @Override
    public void run() {
        try {
            if (!followClock()) {
                expireSessions();
            }
            trimIndex();
        } catch (RuntimeException failure) {
            LOG.error("upkeep of sessions failed; it is tried again", failure);
        }
    }

    /** A clock that is set forward must not expire everybody who is away, and one that is set back not keep them for ever. */
    private boolean followClock() {
        long step = clockSteps.next();
        if (step == 0) {
            return false;
        }
        LOG.warn("The clock was set by {} s: stored sessions keep the time that they have left", step / 1000);
        registry.forEach(session -> session.tell(new SessionCommand.ClockStepped(step)));
        return true;
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
