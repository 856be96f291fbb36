package isthmus.server.metrics;

import isthmus.bridge.BridgeCounter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether the server is alive, and whether it should be given work. Asked on the workers of the management interface. */
public final class Health {
    /** Below this, RocketMQ is about to refuse messages, and the session store to fail. */
    private static final long LEAST_DISK_BYTES = 64L << 20;

    private final Sources sources;

    public Health(Sources sources) {
        this.sources = sources;
    }

    /**
     * The answer to a question after health.
     *
     * @param well whether all checks are passed
     * @param checks each with a sentence
     */
    public record Report(boolean well, Map<String, String> checks) {}

    /** Alive: every event loop still turns. A process of which this is not true has to be started again. */
    public Report live() {
        Map<String, String> checks = new LinkedHashMap<>();
        boolean turning = sources.gateway().loopsTurn();
        checks.put("eventLoops", turning ? "ok" : "an event loop is stuck");
        return new Report(turning, checks);
    }

    /** Ready: it takes messages and delivers them. */
    public Report ready() {
        Report live = live();
        Map<String, String> checks = new LinkedHashMap<>(live.checks());
        boolean feeding = sources.bridge().metrics().value(BridgeCounter.FEED_FAILED) == 0;
        checks.put("feed", feeding ? "ok" : "the feed has stopped because the log is unreadable");
        long free = sources.data().toFile().getUsableSpace();
        boolean room = free >= LEAST_DISK_BYTES;
        checks.put("disk", room ? "ok" : "only " + (free >> 20) + " MiB are free");
        return new Report(live.well() && feeding && room, checks);
    }
}
