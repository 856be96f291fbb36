package isthmus.conformance.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Serves the page and the webjars from the class path as the server process does, with the same security header. */
final class StaticSite implements AutoCloseable {

    private static final String POLICY =
            "default-src 'self'; connect-src 'self' ws: wss:; style-src 'self'; script-src 'self'";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml");

    private final HttpServer http;
    private final Optional<String> settings;

    private StaticSite(HttpServer http, Optional<String> settings) {
        this.http = http;
        this.settings = settings;
    }

    /** @param settings the answer of {@code GET /api/demo/settings}; without one the endpoint does not exist */
    static StaticSite start(Optional<String> settings) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            StaticSite site = new StaticSite(http, settings);
            http.createContext("/", site::answer);
            http.start();
            return site;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Optional<byte[]> body = path.equals("/api/demo/settings")
                    ? settings.map(json -> json.getBytes(StandardCharsets.UTF_8))
                    : resource(path);
            exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
            exchange.getResponseHeaders().set("Content-Type", type(path));
            exchange.sendResponseHeaders(body.isPresent() ? 200 : 404, body.isPresent() ? body.get().length : -1);
            if (body.isPresent()) {
                exchange.getResponseBody().write(body.get());
            }
        }
    }

    private static Optional<byte[]> resource(String path) throws IOException {
        String name = path.startsWith("/webjars/") ? "/META-INF/resources" + path : "/web" + path;
        try (InputStream in = StaticSite.class.getResourceAsStream(name.endsWith("/") ? name + "index.html" : name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }

    private static String type(String path) {
        if (path.endsWith("/")) {
            return TYPES.get("html");
        }
        String extension = path.substring(path.lastIndexOf('.') + 1);
        return TYPES.getOrDefault(extension, "application/json");
    }
}
