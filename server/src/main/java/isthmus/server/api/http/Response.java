package isthmus.server.api.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import isthmus.server.api.EventSource;
import isthmus.server.api.Json;
import isthmus.server.api.Problem;
import isthmus.server.api.ProblemDocument;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is answered. Immutable. */
final class Response {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final byte[] EMPTY = new byte[0];

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final @Nullable EventSource events;

    private Response(int status, Map<String, String> headers, byte[] body, @Nullable EventSource events) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
        this.events = events;
    }

    static Response json(int status, byte[] body) {
        return new Response(status, Map.of("Content-Type", JSON), body, null);
    }

    static Response text(String mediaType, String content) {
        return new Response(200, Map.of("Content-Type", mediaType), content.getBytes(StandardCharsets.UTF_8), null);
    }

    static Response nothing() {
        return new Response(204, Map.of(), EMPTY, null);
    }

    static Response stream(EventSource events) {
        return new Response(200, Map.of("Content-Type", "text/event-stream"), EMPTY, events);
    }

    static Response problem(Problem problem, Json json) {
        ProblemDocument document = new ProblemDocument(
                "about:blank",
                HttpResponseStatus.valueOf(problem.status()).reasonPhrase(),
                problem.status(),
                problem.detail(),
                problem.fields().isEmpty() ? null : problem.fields());
        Response response = new Response(problem.status(), Map.of("Content-Type", PROBLEM), json.write(document), null);
        for (Map.Entry<String, String> header : problem.headers().entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        return response;
    }

    Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, more, body, events);
    }

    Response withStatus(int other) {
        return new Response(other, headers, body, events);
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** The bytes themselves; read only. */
    byte[] body() {
        return body;
    }

    /** Null unless this is a stream. */
    @Nullable
    EventSource events() {
        return events;
    }
}
