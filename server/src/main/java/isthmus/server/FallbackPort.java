package isthmus.server;

import isthmus.server.config.Port;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener's port, and the one to take instead when it cannot be had. A port that a person chose is never replaced;
 * only the default is, and it is said.
 *
 * @param key the configuration key of the port, for messages
 * @param port the configured port
 * @param instead the port to try next, when {@code port} is the default
 */
public record FallbackPort(String key, Port port, int instead) {
    private static final Logger LOG = LoggerFactory.getLogger(FallbackPort.class);

    /** Opens a listener. */
    @FunctionalInterface
    public interface Opener<T> {
        /** @throws RuntimeException when the port cannot be had */
        T open(int port);
    }

    /**
     * Opens the listener.
     *
     * @param failure the kind of exception that says that a port cannot be had; others are passed on
     * @param notices takes a sentence when the port was replaced
     * @throws RuntimeException the opener's, about the configured port, when that cannot be had and not be replaced
     */
    public <T> T open(Class<? extends RuntimeException> failure, Consumer<String> notices, Opener<T> opener) {
        try {
            return opener.open(port.number());
        } catch (RuntimeException refused) {
            if (port.chosen() || !failure.isInstance(refused)) {
                throw refused;
            }
            T opened = openInstead(failure, refused, opener);
            LOG.debug("{} {} replaced by {}", key, port, instead, refused);
            notices.accept("port " + port + " cannot be had, so it is " + instead + " (choose with " + key + ")");
            return opened;
        }
    }

    private <T> T openInstead(Class<? extends RuntimeException> failure, RuntimeException refused, Opener<T> opener) {
        try {
            return opener.open(instead);
        } catch (RuntimeException alsoRefused) {
            if (failure.isInstance(alsoRefused)) {
                refused.addSuppressed(alsoRefused);
                throw refused;
            }
            throw alsoRefused;
        }
    }
}
