package isthmus.queue.api.admin;

import org.jspecify.annotations.Nullable;

/**
 * A route as it stands. Its keys are not in here.
 *
 * @param accessKey the account used at the target, or null
 * @param tps messages copied per second, on average of the last minute
 * @param backlog messages of the topic yet to be looked at, whatever their tag
 * @param delayMillis how long the oldest of them has been waiting
 * @param copied messages copied since the server was started
 * @param lastCopiedMillis when the last one was, milliseconds since the epoch; 0 for never since the start
 * @param problem what keeps it from copying at present, or null
 */
public record RouteStatus(
        String name,
        String topic,
        String tags,
        String targetNameServer,
        String targetTopic,
        @Nullable String accessKey,
        String description,
        boolean running,
        double tps,
        long backlog,
        long delayMillis,
        long copied,
        long lastCopiedMillis,
        @Nullable String problem) {}
