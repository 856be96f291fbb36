package isthmus.server.ctl;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.server.api.Json;
import isthmus.server.api.Verb;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.UUID;
import java.util.function.Consumer;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Asks the server. With the JDK's oldest client, which is the quickest to load. */
final class ApiClient {
    private static final String PREFIX = "/api/v1";
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 60_000;

    private final String url;
    private final String token;
    private final TrustedAuthorities trusted;
    private final Json json = new Json();
    private @Nullable SSLSocketFactory tls;

    /** @param trusted of a server with TLS; its certificate has to be for the host of the address, too */
    ApiClient(String url, String token, TrustedAuthorities trusted) {
        this.url = url;
        this.token = token;
        this.trusted = trusted;
    }

    /**
     * Asks, and returns the answer as it came.
     *
     * @param target path and query below {@code /api/v1}, encoded
     * @throws CtlFailure with the server's sentence, or why it cannot be reached
     */
    String ask(Verb verb, String target, @Nullable JsonNode body) {
        try {
            HttpURLConnection connection = send(verb, target, body);
            try (InputStream answer = connection.getInputStream()) {
                return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** Reads a live stream to its end: the data of each event. */
    void follow(String target, Consumer<JsonNode> events) {
        try {
            HttpURLConnection connection = send(Verb.GET, target, null);
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data: ")) {
                        events.accept(parse(line.substring("data: ".length())));
                    }
                }
            }
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private HttpURLConnection send(Verb verb, String target, @Nullable JsonNode body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url + PREFIX + target).toURL().openConnection();
        if (connection instanceof HttpsURLConnection secured) {
            tls = tls == null ? trusted.socketFactory() : tls; // one for all: its connections are used again
            secured.setSSLSocketFactory(tls);
        }
        connection.setRequestMethod(verb.name());
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        if (verb == Verb.POST) {
            connection.setRequestProperty("Idempotency-Key", UUID.randomUUID().toString());
        }
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(json.write(body));
        }
        int status = connection.getResponseCode();
        if (status >= 400) {
            throw refused(connection, status);
        }
        return connection;
    }

    private CtlFailure refused(HttpURLConnection connection, int status) throws IOException {
        String sentence = "the server answers " + status;
        try (InputStream answer = connection.getErrorStream()) {
            JsonNode problem = answer == null ? null : parse(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
            if (problem != null && problem.has("detail")) {
                sentence = problem.get("detail").asText();
            }
            if (problem != null && problem.path("errors").size() > 1) {
                StringBuilder all = new StringBuilder();
                problem.get("errors").forEach(error -> all.append(all.isEmpty() ? "" : System.lineSeparator())
                        .append(error.path("field").asText())
                        .append(": ")
                        .append(error.path("detail").asText()));
                sentence = all.toString();
            }
        }
        return new CtlFailure(CtlFailure.exitCodeOf(status), sentence);
    }

    JsonNode parse(String text) {
        try {
            return json.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CtlFailure(CtlFailure.FAILED, url + " does not answer as an Isthmus server does");
        }
    }

    private CtlFailure unreachable(IOException e) {
        if (e instanceof SSLPeerUnverifiedException || e.getCause() instanceof CertificateException) {
            return new CtlFailure(
                    CtlFailure.FAILED,
                    "the certificate of " + url + " is not trusted (" + e.getMessage() + "); --ca-file names its CA,"
                            + " --url another of its names");
        }
        if (e instanceof SSLException) {
            return new CtlFailure(
                    CtlFailure.FAILED,
                    url + " does not speak TLS as it should (" + e.getMessage() + "). Try http:// in --url.");
        }
        return new CtlFailure(
                CtlFailure.FAILED,
                "no answer from " + url + " (" + e.getMessage() + "); is the server running? --url names another");
    }
}
