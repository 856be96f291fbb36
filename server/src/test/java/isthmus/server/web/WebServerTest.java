package isthmus.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.server.StartFailure;
import isthmus.server.config.Configuration.Web;
import isthmus.server.config.Port;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
    private static final DemoSettings SETTINGS = new DemoSettings(
            new DemoSettings.Listener(8083, "/mqtt"),
            new DemoSettings.Listener(null, "/mqtt"),
            List.of("GID_Sensors"),
            List.of("Telemetry"),
            "AK");

    private static WebServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        server = WebServer.start(new Web("127.0.0.1", Port.chosen(0)), "/test-pages", () -> SETTINGS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void thePageIsServed() throws Exception {
        HttpResponse<String> answer = get("/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<title>page</title>");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
    }

    @Test
    void thePagesLibrariesAreServed() throws Exception {
        HttpResponse<String> answer = get("/webjars/paho-mqtt/1.1.0/paho-mqtt-min.js");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).contains("javascript"));
    }

    @Test
    void thePageLearnsWhereToConnect() throws Exception {
        HttpResponse<String> answer = get("/api/demo/settings");

        assertThat(answer.body())
                .isEqualTo("{\"ws\":{\"port\":8083,\"path\":\"/mqtt\"},\"wss\":{\"port\":null,\"path\":\"/mqtt\"},"
                        + "\"groups\":[\"GID_Sensors\"],\"topics\":[\"Telemetry\"],\"accessKey\":\"AK\"}");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void theAddressIsWhereABrowserFindsIt() {
        assertThat(server.address()).isEqualTo("http://127.0.0.1:" + server.port() + "/");
    }

    @Test
    void itSaysThatItIsAlive() throws Exception {
        HttpResponse<String> answer = get("/health/live");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"live\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/demo/settings",
                "/health/live",
                "/nothing-here",
                "/webjars/paho-mqtt/1.1.0/paho-mqtt.js"
            })
    void everyAnswerCarriesTheSecurityHeaders(String path) throws Exception {
        var headers = get(path).headers();

        assertThat(headers.firstValue("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
                .contains("default-src 'self'", "connect-src 'self' ws: wss:", "frame-ancestors 'none'"));
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/listed.js",
                "/webjars/",
                "/webjars/paho-mqtt/",
                "/webjars/paho-mqtt/1.1.0/",
                "/../isthmus/server/version.txt",
                "/%2e%2e/isthmus/server/version.txt",
                "/..%2fisthmus/server/version.txt",
                "/webjars/..%2f..%2f..%2fisthmus/server/version.txt",
                "/isthmus/server/version.txt",
                "/.hidden.txt",
                "//etc/passwd.txt",
            })
    void nothingElseOfTheClassPathIsServedAndNoDirectoryIsListed(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isBetween(400, 404);
        assertThat(answer.body()).doesNotContain("paho-mqtt-min.js");
    }

    @Test
    void thePageIsAskedForAgainButALibraryIsKept() throws Exception {
        assertThat(get("/").headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(get("/webjars/paho-mqtt/1.1.0/paho-mqtt-min.js").headers().firstValue("Cache-Control"))
                .hasValue("public, max-age=31536000, immutable");
    }

    @Test
    void onlyReadingIsAllowed() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(uri("/api/demo/settings"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        HttpRequest head = HttpRequest.newBuilder(uri("/"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();

        HttpResponse<String> answer = client.send(post, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(client.send(head, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPortInUseIsNamedWithTheWayOut() {
        Web taken = new Web("127.0.0.1", Port.chosen(server.port()));

        assertThatThrownBy(() -> WebServer.start(taken, "/test-pages", () -> SETTINGS))
                .isInstanceOf(StartFailure.class)
                .hasMessage("web.port: cannot listen on 127.0.0.1:" + server.port()
                        + " (Address already in use); choose another with --set web.port=PORT,"
                        + " or do without the page with --set web.port=off");
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        Web elsewhere = new Web("192.0.2.1", Port.chosen(0));

        assertThatThrownBy(() -> WebServer.start(elsewhere, "/test-pages", () -> SETTINGS))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("web.port: cannot listen on 192.0.2.1:0 (Cannot assign requested address)");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
