package isthmus.gateway.harness;

import isthmus.gateway.GatewayPorts;
import isthmus.gateway.GatewaySettings;
import isthmus.gateway.MqttGateway;
import isthmus.gateway.session.SessionLimits;
import isthmus.gateway.spi.ConnectionEvent;
import isthmus.gateway.spi.ConnectionEvents;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.SessionStore;
import isthmus.gateway.store.RocksSessionStore;
import isthmus.gateway.transport.Listener;
import isthmus.gateway.transport.ListenerFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** The real gateway with its real store, over a log in memory. Account AK/SK; parent topics T and U; group GID_Test. */
public final class GatewayFixture implements AutoCloseable {
    public static final String PARENT = "T";
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    public final FakeLog log;
    public final List<ConnectionEvent> events = new CopyOnWriteArrayList<>();
    private final Path directory;
    private final GatewaySettings settings;
    private final SessionStore store;
    private final MqttGateway gateway;
    private final InetSocketAddress address;
    private volatile boolean dead;

    public GatewayFixture(Path directory) {
        this(directory, new FakeLog(), limits(1000, 1000));
    }

    public GatewayFixture(Path directory, FakeLog log, SessionLimits limits) {
        this(directory, log, limits, Clock.systemUTC());
    }

    public GatewayFixture(Path directory, FakeLog log, SessionLimits limits, Clock clock) {
        this(directory, log, new TestLimits().sessions(limits).settings(), new TestDirectory(), clock);
    }

    public GatewayFixture(Path directory, FakeLog log, GatewaySettings settings) {
        this(directory, log, settings, new TestDirectory(), Clock.systemUTC());
    }

    public GatewayFixture(Path directory, FakeLog log, Directory resources, Clock clock) {
        this(directory, log, new TestLimits().settings(), resources, clock);
    }

    public GatewayFixture(Path directory, FakeLog log, GatewaySettings settings, Directory resources, Clock clock) {
        this.directory = directory;
        this.log = log;
        this.settings = settings;
        store = RocksSessionStore.open(directory, false);
        gateway =
                new MqttGateway(settings, new GatewayPorts(this::publish, log, new Events(), store, resources, clock));
        log.start(gateway.downlink());
        gateway.recover();
        try {
            address = gateway.open(new Listener(Listener.Kind.TCP, "127.0.0.1", 0));
        } catch (ListenerFailure failure) {
            throw new AssertionError(failure);
        }
    }

    public static SessionLimits limits(int inFlight, int pending) {
        return limits(inFlight, pending, TEN_SECONDS);
    }

    public static SessionLimits limits(int inFlight, int pending, Duration connectTimeout) {
        return new SessionLimits(
                connectTimeout, 65_535, 30, inFlight, pending, Duration.ofDays(3), 1024, Duration.ofMinutes(1));
    }

    public TestClient client() {
        try {
            return new TestClient(address);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    public SessionStore store() {
        return store;
    }

    public MqttGateway gateway() {
        return gateway;
    }

    /** Stops the gateway and starts another one on the same store and log. */
    public GatewayFixture restarted() {
        gateway.close();
        log.stop();
        store.close();
        return new GatewayFixture(directory, log, settings);
    }

    /** As after SIGKILL: from now on this gateway has no effect on log and store, whatever it does. */
    public void kill() {
        dead = true;
        log.stop();
        store.close();
        gateway.close();
    }

    /** Kills the gateway and starts another one on the same store and log. */
    public GatewayFixture killedAndRestarted() {
        kill();
        return new GatewayFixture(directory, log, settings);
    }

    private CompletionStage<Void> publish(PublishedMessage message) {
        return dead ? CompletableFuture.failedFuture(new IllegalStateException("killed")) : log.publish(message);
    }

    private final class Events implements ConnectionEvents {
        @Override
        public void publish(ConnectionEvent event) {
            if (!dead) {
                events.add(event);
                log.publish(event);
            }
        }

        @Override
        public CompletionStage<Void> settled() {
            return log.settled();
        }
    }

    /** For tests in which something has gone: one account of everything, and what is named. */
    public static Directory directory(boolean withAccount, String... topics) {
        TestDirectory directory = new TestDirectory();
        directory.topics.clear();
        directory.topics.addAll(Set.of(topics));
        if (!withAccount) {
            directory.removeAccount("AK");
        }
        return directory;
    }

    @Override
    public void close() {
        log.releaseFeed();
        gateway.close();
        log.close();
        store.close();
    }
}
