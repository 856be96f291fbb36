package isthmus.server;

import isthmus.server.config.Configuration;
import isthmus.server.web.DemoSettings;
import isthmus.server.web.WebServer;
import java.util.List;

/** The assembled server. What is started later is stopped earlier. */
public final class Isthmus implements RunningServer {
    private final StartedParts parts;
    private final ReadyMessage readyMessage;

    private Isthmus(StartedParts parts, ReadyMessage readyMessage) {
        this.parts = parts;
        this.readyMessage = readyMessage;
    }

    /**
     * Starts everything; blocks until connections are accepted.
     *
     * @throws RuntimeException when something cannot start; what had started by then is stopped again
     */
    public static RunningServer start(Configuration configuration) {
        StartedParts parts = new StartedParts();
        ReadyMessage ready = new ReadyMessage("Isthmus is ready.");
        try {
            DataDirectory data = parts.add("data directory", DataDirectory.open(configuration.data()));
            // The place of Wiring: store, queue core, resources, bridge, gateway, listeners.
            if (!configuration.web().port().isOff()) {
                WebServer web = WebServer.start(configuration.web(), "/web", Isthmus::noSettingsYet);
                parts.add("web server", web);
                ready.line("Web page", web.address());
            }
            ready.line("Data", data.path().toString());
            return new Isthmus(parts, ready);
        } catch (RuntimeException | Error e) {
            closeAfter(e, parts);
            throw e;
        }
    }

    @Override
    public String readyMessage() {
        return readyMessage.toString();
    }

    @Override
    public void close() {
        parts.close();
    }

    private static void closeAfter(Throwable failedStart, StartedParts parts) {
        try {
            parts.close();
        } catch (RuntimeException e) {
            failedStart.addSuppressed(e);
        }
    }

    private static DemoSettings noSettingsYet() {
        DemoSettings.Listener off = new DemoSettings.Listener(null, "/mqtt");
        return new DemoSettings(off, off, List.of(), List.of(), null);
    }
}
