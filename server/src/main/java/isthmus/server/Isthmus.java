package isthmus.server;

import isthmus.server.config.Configuration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The assembled server. What is started later is stopped earlier. */
public final class Isthmus implements RunningServer {
    private final StartedParts parts;
    private final ReadyMessage readyMessage;
    private final CompletionStage<String> failure;

    private Isthmus(StartedParts parts, ReadyMessage readyMessage, CompletionStage<String> failure) {
        this.parts = parts;
        this.readyMessage = readyMessage;
        this.failure = failure;
    }

    /**
     * Starts everything; blocks until connections are accepted.
     *
     * @param again reads the configuration again, for what can change while the server runs
     * @throws RuntimeException when something cannot start; what had started by then is stopped again
     */
    public static RunningServer start(Configuration configuration, Supplier<Configuration> again) {
        StartedParts parts = new StartedParts();
        try {
            CompletableFuture<String> failure = new CompletableFuture<>();
            ReadyMessage ready = new Wiring(configuration, again, parts, failure::complete).start();
            return new Isthmus(parts, ready, failure);
        } catch (RuntimeException | Error e) {
            closeAfter(e, parts);
            throw e;
        }
    }

    @Override
    public String readyMessage() {
        return readyMessage.toString();
    }

    @Override
    public CompletionStage<String> failure() {
        return failure;
    }

    @Override
    public void close() {
        parts.close();
    }

    private static void closeAfter(Throwable failedStart, StartedParts parts) {
        try {
            parts.close();
        } catch (RuntimeException e) {
            failedStart.addSuppressed(e);
        }
    }
}
