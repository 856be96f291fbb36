package isthmus.gateway.limits;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;

/**
 * How often each {@link Limit} was the reason for a refusal since the start, and whether one more refusal may have a
 * line of its own in the log before the next report. Any thread.
 */
public final class Refusals {
    /** So many of each kind have a line of their own between two reports. */
    private static final int OWN_LINES = 20;

    /** What has lines of its own. Each kind has an allowance to itself: who uses one up hides nothing of the others. */
    public enum Kind {
        /** A CONNECT that is answered with another code than 0. */
        CONNECT,
        /** A SUBSCRIBE of which a Topic Filter at least is answered with 0x80. */
        SUBSCRIBE,
        /** Whoever did not get as far as an answer: what came is not TLS, WebSocket or MQTT as it has to be. */
        STRANGER
    }

    private final Counts<Limit> counts = new Counts<>(Limit.class);
    private final Map<Kind, LogAllowance> ownLines = new EnumMap<>(Kind.class);

    public Refusals() {
        for (Kind kind : Kind.values()) {
            ownLines.put(kind, new LogAllowance(OWN_LINES));
        }
    }

    public void count(Limit limit) {
        counts.count(limit);
    }

    public long of(Limit limit) {
        return counts.of(limit);
    }

    /** Whether one more of the kind may have a line of its own in the log. */
    public boolean mayHaveOwnLine(Kind kind) {
        return requireNonNull(ownLines.get(kind)).take();
    }

    /** Allows lines of all kinds again, and returns how many were not allowed. */
    long renewOwnLines() {
        return ownLines.values().stream().mapToLong(LogAllowance::renew).sum();
    }
}
