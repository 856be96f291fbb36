package isthmus.server.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinBindException;
import isthmus.server.StartFailure;
import isthmus.server.config.Configuration.Web;
import java.util.function.Supplier;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves the demo page, its libraries, and two answers in JSON. Has a few threads of its own; keeps no state. */
public final class WebServer implements AutoCloseable {
    private static final int MAX_THREADS = 16;
    private static final int MIN_THREADS = 1;
    /** The page loads nothing from elsewhere, but speaks MQTT with whatever server a person names. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; connect-src 'self' ws: wss:;"
            + " img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final Web web;
    private final Javalin javalin;

    private WebServer(Web web, Javalin javalin) {
        this.web = web;
        this.javalin = javalin;
    }

    /**
     * Starts serving. Blocks for some tenths of a second; the rest of the server may start meanwhile.
     *
     * @param web where; its port is not off
     * @param pages the class path directory that holds the page
     * @param settings asked at each visit, so that it may answer with what is known only later
     * @throws StartFailure when the port cannot be had
     */
    public static WebServer start(Web web, String pages, Supplier<DemoSettings> settings) {
        ObjectMapper json = new ObjectMapper();
        Javalin javalin = Javalin.create(config -> configure(config, pages));
        javalin.before(WebServer::addSecurityHeaders);
        javalin.get("/health/live", answer -> answerText(answer, "{\"status\":\"live\"}"));
        javalin.get("/api/demo/settings", answer -> answerJson(answer, json, settings.get()));
        try {
            javalin.start(web.host(), web.port().number());
        } catch (JavalinBindException e) {
            javalin.stop();
            throw cannotListen(web, e);
        }
        return new WebServer(web, javalin);
    }

    /** The port it is bound to. */
    public int port() {
        return javalin.port();
    }

    /** Where a browser finds the page. */
    public String address() {
        String host = web.host().equals("0.0.0.0") ? "localhost" : web.host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/";
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void configure(JavalinConfig config, String pages) {
        config.showJavalinBanner = false;
        config.jetty.threadPool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        config.staticFiles.add(pages, Location.CLASSPATH);
        config.staticFiles.enableWebjars();
    }

    private static void addSecurityHeaders(Context answer) {
        answer.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        answer.header("X-Content-Type-Options", "nosniff");
        answer.header("X-Frame-Options", "DENY");
        answer.header("Referrer-Policy", "no-referrer");
    }

    private static void answerJson(Context answer, ObjectMapper json, Object value) throws JsonProcessingException {
        answerText(answer, json.writeValueAsString(value));
    }

    private static void answerText(Context answer, String json) {
        answer.contentType("application/json")
                .header("Cache-Control", "no-store")
                .result(json);
    }

    private static StartFailure cannotListen(Web web, JavalinBindException e) {
        return new StartFailure(
                "web.port: cannot listen on " + web.host() + ":" + web.port() + " (" + rootReason(e)
                        + "); choose another with --set web.port=PORT, or do without the page with --set web.port=off",
                e);
    }

    /** What the operating system says, which is the innermost message. */
    private static String rootReason(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : rootReason(cause);
    }
}
