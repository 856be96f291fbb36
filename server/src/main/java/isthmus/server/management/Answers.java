package isthmus.server.management;

import isthmus.server.api.Problem;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits, on a worker of the interface, for those who answer later. */
final class Answers {
    private static final long PATIENCE_SECONDS = 10;

    private Answers() {}

    /** @throws Problem when there is no answer, or when it failed */
    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw Problem.of(503, "no answer within " + PATIENCE_SECONDS + " s; it may still happen");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw Problem.of(503, "it was not done: " + (cause == null ? e.getMessage() : cause.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(503, "the server is stopping");
        }
    }
}
