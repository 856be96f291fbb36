package isthmus.server;

import isthmus.server.config.Configuration;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
     * @param again reads the configuration again, for what can change while the server runs
     * @param diskFailed told, in the thread that met it and perhaps before this returns, that a disk has failed, so that
     *     nothing more can be acknowledged and only another start helps: with a sentence that says what happened and what to
     *     do. To end the process is better than {@link #close}, which would write
     * @throws RuntimeException when something cannot start; what had started by then is stopped again
     */
    public static RunningServer start(
            Configuration configuration, Supplier<Configuration> again, Consumer<String> diskFailed) {
        StartedParts parts = new StartedParts();
        try {
            return new Isthmus(parts, new Wiring(configuration, again, parts, diskFailed).start());
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
}
