package isthmus.server.api.http;

import isthmus.server.api.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a POST with an {@code Idempotency-Key} be repeated by a caller who did not see the answer: it is carried out once
 * and answered the same again. Remembers the last answers only, and not over a restart. Any thread.
 */
final class RepeatedRequests {
    private static final int MOST = 1000;
    private static final int LONGEST_KEY = 255;

    private static final class Attempt {
        private final String request;
        private @Nullable Response response;

        private Attempt(String request) {
            this.request = request;
        }
    }

    /** Guarded by this. */
    private final Map<String, Attempt> attempts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Attempt> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Carries a request out, or answers as the first time.
     *
     * @param token the name of the caller's token: keys of different callers have nothing to do with each other
     * @param request a text that is the same for the same request
     */
    Response once(String token, String key, String request, Supplier<Response> action) {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw Problem.invalid("Idempotency-Key", "not usable (expected: 1.." + LONGEST_KEY + " characters)");
        }
        String name = token + "\n" + key;
        Attempt attempt = new Attempt(request);
        synchronized (this) {
            Attempt before = attempts.putIfAbsent(name, attempt);
            if (before != null) {
                return answerOf(before, request);
            }
        }
        Response response = null;
        try {
            response = action.get();
            return response;
        } finally {
            finish(name, attempt, response);
        }
    }

    /** What failed on our side may be tried again. */
    private synchronized void finish(String name, Attempt attempt, @Nullable Response response) {
        if (response == null || response.status() >= 500 || response.events() != null) {
            attempts.remove(name, attempt);
        } else {
            attempt.response = response;
        }
    }

    private static Response answerOf(Attempt before, String request) {
        if (!before.request.equals(request)) {
            throw Problem.of(422, "Idempotency-Key: it was used for another request (expected: a new key for each)");
        }
        if (before.response == null) {
            throw Problem.conflict("the first request with this Idempotency-Key is still being carried out");
        }
        return before.response.with("Idempotent-Replayed", "true");
    }
}
