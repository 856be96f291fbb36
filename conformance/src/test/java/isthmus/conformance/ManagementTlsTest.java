package isthmus.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import isthmus.conformance.fixture.Management;
import isthmus.conformance.fixture.ServerCommand;
import isthmus.conformance.fixture.TestServer;
import isthmus.server.cli.Main;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The management interface over TLS: who trusts its certificate, and what becomes of who does not. */
class ManagementTlsTest {
    private static final String SHOW = "instance show";

    @TempDir
    Path directory;

    @Test
    void theApiHasTheCertificateOfOurOwnAndCtlTrustsNoOther() throws Exception {
        isthmus("certs init --dir " + directory.resolve("another"));
        try (TestServer server = start("api.tls.enabled=true", "api.host=0.0.0.0", "mqtt.tls.port=off")) {
            String url = new Management(server).url();
            assertThat(url).startsWith("https://localhost:");
            HttpClient trusting =
                    HttpClient.newBuilder().sslContext(server.trust().context()).build();
            assertThat(live(trusting, url).statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> live(HttpClient.newHttpClient(), url)).isInstanceOf(SSLException.class);

            HttpResponse<String> plain = live(trusting, url.replace("https:", "http:"));
            assertThat(plain.statusCode()).isEqualTo(400);
            assertThat(plain.body()).contains("this port speaks HTTPS");
            assertThat(postPlainly(URI.create(url).getPort(), 4 << 20)).contains("this port speaks HTTPS");
            assertThat(ctl(server, SHOW).exitCode()).isZero();
            assertThat(ctl(server, SHOW + " --ca-file " + server.trust().caFile())
                            .exitCode())
                    .isZero();
            assertRefused(ctl(server, SHOW + " --ca-file " + directory.resolve("another/ca.crt")), "is not trusted");
            assertRefused(ctl(server, SHOW + " --url " + url.replace("localhost", "127.1.1.1")), "is not trusted");
            assertRefused(ctl(server, SHOW + " --ca-file nothing"), "nothing cannot be read as CA certificates");
            Management.Printed plainly = ctl(server, SHOW + " --url " + url.replace("https:", "http:"));
            assertThat(plainly.output()).contains("this port speaks HTTPS");
            assertThat(server.log()).doesNotContain("WARN", "ERROR");
        }
    }

    @Test
    void theApiHasACertificateOfItsOwnAndTakesUpANewOne() throws Exception {
        Path office = directory.resolve("office");
        isthmus("certs init --dir " + office);
        isthmus("certs server --name localhost --dir " + office);
        isthmus("certs server --name 127.0.0.1 --dir " + office);
        serve(office, "localhost");
        try (TestServer server = start(
                "api.tls.enabled=true",
                "api.tls.certificate=" + directory.resolve("api.crt"),
                "api.tls.key=" + directory.resolve("api.key"),
                "api.names=[localhost]")) {
            String url = new Management(server).url();
            assertThat(url).startsWith("https://localhost:");
            String trusting = SHOW + " --ca-file " + office.resolve("ca.crt");
            assertRefused(ctl(server, SHOW), "is not trusted");
            assertThat(ctl(server, trusting).exitCode()).isZero();

            String byAddress = trusting + " --url " + url.replace("localhost", "127.0.0.1");
            assertRefused(ctl(server, byAddress), "is not trusted");
            serve(office, "127.0.0.1");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> ctl(server, byAddress).exitCode() == 0);
        }
    }

    @Test
    void whoOpensTheApiToOthersWithoutTlsIsWarned() {
        try (TestServer server = start("api.host=0.0.0.0")) {
            String url = new Management(server).url();
            assertThat(url).startsWith("http://localhost:");
            assertRefused(ctl(server, SHOW + " --url " + url.replace("http:", "https:")), "does not speak TLS");
            assertThat(server.log()).contains("api.host: at 0.0.0.0 the API can be reached from elsewhere");
        }
    }

    private TestServer start(String... settings) {
        return TestServer.startWithSettings(directory.resolve("data"), ServerCommand.SHORT_LIVED, settings);
    }

    /** Reads the answer only when all has been written, as many clients do. */
    private static String postPlainly(int port, int bytes) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST / HTTP/1.1\r\nContent-Length: " + bytes + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[bytes]);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static HttpResponse<String> live(HttpClient client, String url) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url + "/health/live")).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Key and certificate come one after the other, as operators copy them. */
    private void serve(Path issued, String name) throws IOException {
        for (String suffix : new String[] {".key", ".crt"}) {
            Files.copy(
                    issued.resolve(name + suffix),
                    directory.resolve("api" + suffix),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void assertRefused(Management.Printed printed, String sentence) {
        assertThat(printed.exitCode()).isEqualTo(1);
        assertThat(printed.output()).contains(sentence);
    }

    private static Management.Printed ctl(TestServer server, String command) {
        return run("ctl " + command + " --data " + server.data());
    }

    private static void isthmus(String command) {
        Management.Printed printed = run(command);
        assertThat(printed.exitCode()).as(printed.output()).isZero();
    }

    /** In this process, which is quicker than another one. */
    private static Management.Printed run(String command) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int exitCode = Main.execute(Map.of(), InputStream.nullInputStream(), writer, writer, command.split(" "));
        return new Management.Printed(exitCode, output.toString());
    }
}
