package isthmus.server;

import isthmus.gateway.spi.Account;
import isthmus.server.config.Configuration;
import isthmus.server.config.Port;
import isthmus.server.resources.Resources;
import isthmus.server.web.DemoSettings;
import isthmus.server.web.WebServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The web page and what it is told. The page is served from early on; ports and resources become known while the rest
 * starts, on the starting thread, and are read on the web server's.
 */
final class DemoPage {
    private final Configuration configuration;
    private volatile Port ws = Port.off();
    private volatile Port wss = Port.off();
    private volatile @Nullable Resources resources;

    DemoPage(Configuration configuration) {
        this.configuration = configuration;
    }

    void ws(Port port) {
        ws = port;
    }

    void wss(Port port) {
        wss = port;
    }

    void resources(Resources known) {
        resources = known;
    }

    /** Empty when the page is switched off. */
    Optional<WebServer> start() {
        return configuration.web().port().isOff()
                ? Optional.empty()
                : Optional.of(WebServer.start(configuration.web(), "/web", this::settings));
    }

    private DemoSettings settings() {
        Resources known = resources;
        return new DemoSettings(
                listener(ws, configuration.mqtt().ws().path()),
                listener(wss, configuration.mqtt().wss().path()),
                known == null ? Set.of() : known.groups(),
                known == null ? Set.of() : known.topics(),
                known == null || !isLoopback() ? null : onlyAccessKey(known));
    }

    private static DemoSettings.Listener listener(Port port, String path) {
        return new DemoSettings.Listener(port.isOff() ? null : port.number(), path);
    }

    /** An AccessKey is no secret, but strangers need not know it, and which of several is meant nobody can tell. */
    private static @Nullable String onlyAccessKey(Resources resources) {
        List<Account> accounts = List.copyOf(resources.accounts());
        return accounts.size() == 1 ? accounts.get(0).accessKey() : null;
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(configuration.web().host()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
