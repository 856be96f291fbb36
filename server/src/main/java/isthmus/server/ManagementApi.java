package isthmus.server;

import isthmus.gateway.spi.SessionStore;
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

/**
 * The management interface: gathers the routes of all areas, opens the port, and leaves its address in the data directory,
 * where {@code isthmus ctl} finds it.
 */
final class ManagementApi implements AutoCloseable {
    /** The file with the address, in the data directory. */
    static final String ADDRESS_FILE = "api.url";

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
     * @throws StartFailure when it cannot be had
     */
    void open(ReadyMessage ready) {
        if (settings.port().isOff()) {
            return;
        }
        ApiServer.Place place =
                new ApiServer.Place(settings.host(), settings.port().number(), settings.names(), version());
        try {
            server = ApiServer.start(place, new ApiServer.Access(tokens, audit, clock), routes, plains);
        } catch (Exception e) { // a checked one too: Netty throws what the socket threw
            throw new StartFailure(
                    "api.port: cannot listen on " + settings.host() + ":" + settings.port() + " (" + e.getMessage()
                            + "); choose another with --set api.port=PORT, or do without the API with"
                            + " --set api.port=off",
                    e);
        }
        String address = "http://" + reachable() + ":" + server.port();
        writeAddress(address);
        ready.line("Management API", address + "/api/v1");
        ready.line("API token", "in " + data.resolve("keys").resolve(TokenFile.NAME));
    }

    private String reachable() {
        String host = settings.host();
        try {
            InetAddress address = InetAddress.getByName(host);
            if (address.isAnyLocalAddress()) {
                return "localhost";
            }
        } catch (UnknownHostException e) {
            return host;
        }
        return host.contains(":") ? "[" + host + "]" : host;
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
