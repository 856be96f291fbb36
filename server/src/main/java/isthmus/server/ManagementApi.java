package isthmus.server;

import isthmus.gateway.spi.SessionStore;
import isthmus.gateway.transport.TlsOptions;
import isthmus.server.api.Route;
import isthmus.server.api.access.AuditLog;
import isthmus.server.api.access.TokenFile;
import isthmus.server.api.access.Tokens;
import isthmus.server.api.http.ApiServer;
import isthmus.server.api.http.Plain;
import isthmus.server.cli.Version;
import isthmus.server.config.Configuration;
import isthmus.server.management.AccessRoutes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The management interface: gathers the routes of all areas, opens the port, and leaves its address in the data directory,
 * where {@code isthmus ctl} finds it.
 */
final class ManagementApi implements AutoCloseable {
    /** The file with the address, in the data directory. */
    static final String ADDRESS_FILE = "api.url";

    private static final Logger LOG = LoggerFactory.getLogger(ManagementApi.class);

    private final Configuration.Api settings;
    private final Path data;
    private final Tokens tokens;
    private final AuditLog audit;
    private final Clock clock;
    private final List<Route<?, ?, ?>> routes = new ArrayList<>();
    private final List<Plain> plains = new ArrayList<>();
    private @Nullable ApiServer server;

    ManagementApi(Configuration.Api settings, Path data, SessionStore store, SecureRandom random, Clock clock) {
        this.settings = settings;
        this.data = data;
        this.clock = clock;
        this.tokens = Tokens.open(store, data.resolve("keys"), random, clock);
        this.audit = AuditLog.open(data.resolve("audit"));
        add(new AccessRoutes(tokens, audit, clock).routes());
    }

    /** Before {@link #open}. */
    void add(List<Route<?, ?, ?>> area) {
        routes.addAll(area);
    }

    /** Before {@link #open}. */
    void add(Plain plain) {
        plains.add(plain);
    }

    /**
     * Opens the port, unless it is off.
     *
     * @param tls the certificate, where one is asked for
     * @throws StartFailure when it cannot be had
     */
    void open(Tls tls, ReadyMessage ready) {
        if (settings.port().isOff()) {
            return;
        }
        TlsOptions options = tls.forApi();
        if (options == null) {
            warnOfReaders();
        }
        ApiServer.Place place = new ApiServer.Place(
                settings.host(),
                settings.port().number(),
                options == null ? null : options.serverContext(),
                settings.names(),
                version());
        try {
            server = ApiServer.start(place, new ApiServer.Access(tokens, audit, clock), routes, plains);
        } catch (Exception e) { // a checked one too: Netty throws what the socket threw
            throw new StartFailure(
                    "api.port: cannot listen on " + settings.host() + ":" + settings.port() + " (" + e.getMessage()
                            + "); choose another with --set api.port=PORT, or do without the API with"
                            + " --set api.port=off",
                    e);
        }
        String address = options == null
                ? "http://" + reachable() + ":" + server.port()
                : "https://" + certified(tls) + ":" + server.port();
        writeAddress(address);
        ready.line("Management API", address + "/api/v1");
        ready.line("API token", "in " + data.resolve("keys").resolve(TokenFile.NAME));
    }

    /** A proxy with TLS may be there, or a network that nobody else is in: it may be meant. */
    private void warnOfReaders() {
        InetAddress address = address();
        if (address == null || !address.isLoopbackAddress()) {
            LOG.warn(
                    "api.host: at {} the API can be reached from elsewhere and speaks no TLS: its tokens can be read on the way,"
                            + " unless a proxy encrypts it (api.tls.enabled: true)",
                    settings.host());
        }
    }

    private String reachable() {
        String host = settings.host();
        InetAddress address = address();
        if (address != null && address.isAnyLocalAddress()) {
            return "localhost";
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** A certificate from elsewhere is for the names of the API rather than for an address. */
    private String certified(Tls tls) {
        return tls.isApiOwn() || settings.names().isEmpty()
                ? reachable()
                : settings.names().get(0);
    }

    private @Nullable InetAddress address() {
        try {
            return InetAddress.getByName(settings.host());
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private void writeAddress(String address) {
        try {
            Files.write(data.resolve(ADDRESS_FILE), (address + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StartFailure(data.resolve(ADDRESS_FILE) + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** The data directory. */
    Path data() {
        return data;
    }

    /** Of the program. */
    String version() {
        try {
            return new Version().number();
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
            Files.deleteIfExists(data.resolve(ADDRESS_FILE));
        }
    }
}
