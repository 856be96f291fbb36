package isthmus.server.metrics;

import isthmus.bridge.BridgeCounter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether the server is alive, and whether it should be given work. Asked on the workers of the management interface. */
public final class Health {
    private static final String OK = "ok";
    /** Below this, RocketMQ is about to refuse messages, and the session store to fail. */
    private static final long LEAST_DISK_BYTES = 64L << 20;

    /** So long a feed may be behind. */
    private static final long MOST_DELAY_SECONDS = 60;

    private final Sources sources;
    private final FeedDelay delay;

    public Health(Sources sources, FeedDelay delay) {
        this.sources = sources;
        this.delay = delay;
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
        checks.put("eventLoops", sources.gateway().loopsTurn() ? OK : "an event loop is stuck");
        return report(checks);
    }

    /** Ready: it takes messages and delivers them. */
    public Report ready() {
        Map<String, String> checks = new LinkedHashMap<>(live().checks());
        checks.put("feed", feed());
        checks.put(
                "log", sources.queue().takesMessages() ? OK : "messages are refused; the log of the server says why");
        long free = sources.data().toFile().getUsableSpace();
        checks.put("disk", free >= LEAST_DISK_BYTES ? OK : "only " + (free >> 20) + " MiB are free");
        return report(checks);
    }

    private String feed() {
        if (sources.bridge().metrics().value(BridgeCounter.FEED_FAILED) > 0) {
            return "the feed has stopped because the log is unreadable";
        }
        long seconds = delay.seconds();
        return seconds < MOST_DELAY_SECONDS ? OK : "messages have been waiting for the feed for " + seconds + " s";
    }

    private static Report report(Map<String, String> checks) {
        return new Report(checks.values().stream().allMatch(OK::equals), checks);
    }
}
