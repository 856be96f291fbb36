package isthmus.gateway.session;

import java.util.concurrent.CompletionException;

/** What a failed stage is told as in a log line. */
final class Failures {
    private Failures() {}

    /** The message of the failure that is behind the wrapping of {@code CompletionStage}. */
    static String sentence(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
