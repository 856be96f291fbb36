package isthmus.server;

import isthmus.server.config.Configuration;
import isthmus.server.web.DemoSettings;
import isthmus.server.web.WebServer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The assembled server. What is started later is stopped earlier. */
public final class Isthmus implements RunningServer {
    private final Deque<AutoCloseable> parts;
    private final ReadyMessage readyMessage;

    private Isthmus(Deque<AutoCloseable> parts, ReadyMessage readyMessage) {
        this.parts = parts;
        this.readyMessage = readyMessage;
    }

    /**
     * Starts everything; blocks until connections are accepted.
     *
     * @throws RuntimeException when something cannot start; what had started by then is stopped again
     */
    public static RunningServer start(Configuration configuration) {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        ReadyMessage ready = new ReadyMessage("Isthmus is ready.");
        try {
            DataDirectory data = DataDirectory.open(configuration.data());
            parts.push(data);
            // The place of Wiring: store, queue core, resources, bridge, gateway, listeners.
            if (!configuration.web().port().isOff()) {
                WebServer web = WebServer.start(configuration.web(), "/web", Isthmus::noSettingsYet);
                parts.push(web);
                ready.line("Web page", web.address());
            }
            ready.line("Data", data.path().toString());
            return new Isthmus(parts, ready);
        } catch (RuntimeException | Error e) {
            closeAll(parts, e);
            throw e;
        }
    }

    @Override
    public String readyMessage() {
        return readyMessage.toString();
    }

    @Override
    public void close() {
        IllegalStateException failure = new IllegalStateException("a part of the server could not be stopped");
        closeAll(parts, failure);
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    /** Closes every part, whatever happens to the others. */
    private static void closeAll(Deque<AutoCloseable> parts, Throwable failures) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                failures.addSuppressed(e);
            }
        }
    }

    private static DemoSettings noSettingsYet() {
        DemoSettings.Listener off = new DemoSettings.Listener(null, "/mqtt");
        return new DemoSettings(off, off, List.of(), List.of(), null);
    }
}
