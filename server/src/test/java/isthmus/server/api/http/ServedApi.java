package isthmus.server.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.server.api.Route;
import isthmus.server.api.access.AuditLog;
import isthmus.server.api.access.Tokens;
import isthmus.server.resources.RecordsInMemory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** The API on a free port, and a client that asks it. */
final class ServedApi implements AutoCloseable {
    final Tokens tokens;
    final AuditLog audit;
    final String admin;
    private final ApiServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    ServedApi(Path directory, List<Route<?, ?, ?>> routes, List<Plain> plains) throws IOException {
        tokens = Tokens.open(new RecordsInMemory(), directory.resolve("keys"), new SecureRandom(), Clock.systemUTC());
        audit = AuditLog.open(directory.resolve("audit"));
        admin = Files.readString(directory.resolve("keys/api.token")).strip();
        server = ApiServer.start(
                new ApiServer.Place("127.0.0.1", 0, null, List.of("ops.example"), "1.2.3"),
                new ApiServer.Access(tokens, audit, Clock.systemUTC()),
                routes,
                plains);
    }

    int port() {
        return server.port();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path).header("Authorization", "Bearer " + admin));
    }

    /** @param headers names and values in turn */
    HttpResponse<String> write(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = request(path).header("Authorization", "Bearer " + admin);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + response.body(), e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
