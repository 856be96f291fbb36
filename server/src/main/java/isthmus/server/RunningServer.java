package isthmus.server;

import java.util.concurrent.CompletionStage;

/** A server that accepts connections. */
public interface RunningServer extends AutoCloseable {
    /** What a person needs to use it: addresses, account, files. Several lines; no secret. */
    String readyMessage();

    /**
     * Completes when the disk has failed, so that nothing more can be acknowledged and only another start helps: with a
     * sentence that says what happened and what to do. To end the process is better than {@link #close}, which would write.
     */
    CompletionStage<String> failure();

    /** Stops accepting, then stops everything in the order in which nothing acknowledged is lost. Blocks for seconds. */
    @Override
    void close();
}
