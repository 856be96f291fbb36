package isthmus.server.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One HTTP answer, with the headers that all answers carry. */
final class Answer {
    /** The page loads nothing from elsewhere, but speaks MQTT with whatever server a person names. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; connect-src 'self' ws: wss:;"
            + " img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final String NOT_KEPT = "no-store";
    private static final String ASKED_FOR_AGAIN = "no-cache";
    private static final String KEPT_FOR_A_YEAR = "public, max-age=31536000, immutable";

    private final int status;
    private final String type;
    private final String cacheControl;
    private final byte[] body;

    private Answer(int status, String type, String cacheControl, byte[] body) {
        this.status = status;
        this.type = type;
        this.cacheControl = cacheControl;
        this.body = body;
    }

    static Answer json(byte[] body) {
        return new Answer(200, "application/json", NOT_KEPT, body);
    }

    /** @param versioned whether the path names a version, so that the content never changes */
    static Answer file(String type, byte[] body, boolean versioned) {
        return new Answer(200, type, versioned ? KEPT_FOR_A_YEAR : ASKED_FOR_AGAIN, body);
    }

    static Answer notFound() {
        return text(404, "There is nothing here.\n");
    }

    static Answer methodNotAllowed() {
        return text(405, "This can only be read (GET).\n");
    }

    private static Answer text(int status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", NOT_KEPT, text.getBytes(StandardCharsets.UTF_8));
    }

    void send(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", cacheControl);
        headers.set("Content-Type", type);
        if (status == 405) {
            headers.set("Allow", "GET, HEAD");
        }
        // -1 announces that no body follows; 0 would announce a body of unknown length.
        boolean bodiless = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
        exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }
}
