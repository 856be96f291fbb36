package isthmus.gateway.session;

import java.util.concurrent.CompletionException;

/** Why a stage failed. */
final class Failures {
    private Failures() {}

    /** The failure that is behind the wrapping of {@code CompletionStage}. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** The same as a part of a log line. */
    static String sentence(Throwable failure) {
        Throwable cause = cause(failure);
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
