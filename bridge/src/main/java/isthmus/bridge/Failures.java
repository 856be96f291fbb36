package isthmus.bridge;

import java.util.concurrent.CompletionException;

/** Why a stage failed. */
final class Failures {
    private Failures() {}

    /** The failure that is behind the wrapping of {@code CompletionStage}. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
