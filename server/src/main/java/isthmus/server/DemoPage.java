package isthmus.server;

import isthmus.server.config.Configuration;
import isthmus.server.config.Port;
import isthmus.server.resources.Resources;
import isthmus.server.web.DemoSettings;
import isthmus.server.web.WebServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The web page and what it is told. Immutable; asked on the web server's threads. */
final class DemoPage {
    private final Configuration configuration;
    private final Resources resources;
    private final Port ws;
    private final Port wss;

    /** @param listeners those that are open */
    DemoPage(Configuration configuration, Resources resources, Listeners listeners) {
        this.configuration = configuration;
        this.resources = resources;
        this.ws = listeners.ws();
        this.wss = listeners.wss();
    }

    /** Empty when the page is switched off. */
    Optional<WebServer> start() {
        return configuration.web().port().isOff()
                ? Optional.empty()
                : Optional.of(WebServer.start(configuration.web(), "/web", this::settings));
    }

    private DemoSettings settings() {
        return new DemoSettings(
                listener(ws, configuration.mqtt().ws().path()),
                listener(wss, configuration.mqtt().wss().path()),
                resources.groupNames(),
                resources.topicNames(),
                isLoopback() ? onlyAccessKey() : null);
    }

    private static DemoSettings.Listener listener(Port port, String path) {
        return new DemoSettings.Listener(port.isOff() ? null : port.number(), path);
    }

    /** An AccessKey is no secret, but strangers need not know it, and which of several is meant nobody can tell. */
    private @Nullable String onlyAccessKey() {
        List<String> accessKeys = resources.accessKeys();
        return accessKeys.size() == 1 ? accessKeys.get(0) : null;
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(configuration.web().host()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
