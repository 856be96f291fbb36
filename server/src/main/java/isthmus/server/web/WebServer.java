package isthmus.server.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import isthmus.server.StartFailure;
import isthmus.server.config.Configuration.Web;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the demo page, its libraries, and two answers in JSON. It is the JDK's own HTTP server: a page and two answers
 * need no more, and a servlet container would take longer to start than everything else but RocketMQ. Has a few threads
 * of its own and keeps no state.
 */
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int THREADS = 4;
    private static final int DEFAULT_BACKLOG = 0;

    private final Web web;
    private final HttpServer http;
    private final ExecutorService threads;
    private final ClassPathFiles files;
    private final Supplier<DemoSettings> settings;
    private final ObjectMapper json = new ObjectMapper();

    private WebServer(Web web, HttpServer http, ClassPathFiles files, Supplier<DemoSettings> settings) {
        this.web = web;
        this.http = http;
        this.files = files;
        this.settings = settings;
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "web");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts serving.
     *
     * @param web where; its port is not off
     * @param pages the class path directory that holds the page, such as {@code /web}
     * @param settings asked at each visit, on a thread of the web server, so that it may answer what is known only later
     * @throws StartFailure when the port cannot be had
     */
    public static WebServer start(Web web, String pages, Supplier<DemoSettings> settings) {
        // The only way to tell the JDK's server: no waiting for more to send, and no client that never finishes asking.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
        try {
            InetSocketAddress address =
                    new InetSocketAddress(web.host(), web.port().number());
            HttpServer http = HttpServer.create(address, DEFAULT_BACKLOG);
            WebServer server = new WebServer(web, http, new ClassPathFiles(pages), settings);
            http.setExecutor(server.threads);
            http.createContext("/", server::answer);
            http.start();
            return server;
        } catch (IOException | IllegalArgumentException e) {
            throw new StartFailure(
                    "web.port: cannot listen on " + web.host() + ":" + web.port() + " (" + e.getMessage()
                            + "); choose another with --set web.port=PORT, or do without the page with"
                            + " --set web.port=off",
                    e);
        }
    }

    /** The port it is bound to. */
    public int port() {
        return http.getAddress().getPort();
    }

    /** Where a browser finds the page. */
    public String address() {
        String host = http.getAddress().getAddress().isAnyLocalAddress() ? "localhost" : web.host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/";
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            answerTo(exchange).send(exchange);
        } catch (RuntimeException e) {
            LOG.error(
                    "the web server failed to answer {}",
                    exchange.getRequestURI().getPath(),
                    e);
            throw e;
        }
    }

    private Answer answerTo(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Answer.methodNotAllowed();
        }
        String path = exchange.getRequestURI().getPath();
        return switch (path) {
            case "/health/live" -> Answer.json("{\"status\":\"live\"}".getBytes(StandardCharsets.UTF_8));
            case "/api/demo/settings" -> Answer.json(settingsNow());
            default -> files.find(path);
        };
    }

    private byte[] settingsNow() throws JsonProcessingException {
        return json.writeValueAsBytes(settings.get());
    }
}
