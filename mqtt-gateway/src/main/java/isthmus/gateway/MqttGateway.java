package isthmus.gateway;

import com.sun.management.OperatingSystemMXBean;
import isthmus.gateway.auth.Identity;
import isthmus.gateway.auth.SignOn;
import isthmus.gateway.limits.Admission;
import isthmus.gateway.limits.Capacity;
import isthmus.gateway.limits.Crowd;
import isthmus.gateway.limits.RefusalReport;
import isthmus.gateway.routing.Router;
import isthmus.gateway.routing.Subscriptions;
import isthmus.gateway.session.CatchUpPace;
import isthmus.gateway.session.ClientAdministration;
import isthmus.gateway.session.ConnectFlow;
import isthmus.gateway.session.CutConnections;
import isthmus.gateway.session.ExpiryWatch;
import isthmus.gateway.session.GatewayCounters;
import isthmus.gateway.session.MqttConnection;
import isthmus.gateway.session.Presence;
import isthmus.gateway.session.SessionContext;
import isthmus.gateway.session.SessionLimits;
import isthmus.gateway.session.SessionLoops;
import isthmus.gateway.session.SessionRegistry;
import isthmus.gateway.session.Shutdown;
import isthmus.gateway.session.Supervision;
import isthmus.gateway.session.Upkeep;
import isthmus.gateway.spi.Downlink;
import isthmus.gateway.spi.Reception;
import isthmus.gateway.spi.StoredSession;
import isthmus.gateway.transport.Listener;
import isthmus.gateway.transport.ListenerFailure;
import isthmus.gateway.transport.Transport;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MQTT side of Isthmus. Made first, because the log's feed needs its {@link #downlink}; opened for Clients last, by
 * {@link #open}. Any thread; the methods block.
 */
public final class MqttGateway implements AutoCloseable {
    private static final int READER_THREADS = 2;
    private static final long UPKEEP_SECONDS = 30;
    private static final long REPORT_SECONDS = 60;
    private static final long EXPIRY_SECONDS = 1;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private static final Duration RECOVERY_REPORT = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(MqttGateway.class);

    /**
     * What {@link #recover} found.
     *
     * @param sessions stored ones
     * @param messages that the feed had to read again
     */
    public record Recovery(int sessions, long messages) {}

    private final Router router;
    private final Subscriptions subscriptions;
    private final GatewayCounters counters = new GatewayCounters();
    private final ExecutorService readers = Executors.newFixedThreadPool(READER_THREADS, threads("isthmus-reader"));
    private final ScheduledExecutorService maintenance =
            Executors.newSingleThreadScheduledExecutor(threads("isthmus-upkeep"));
    private final Transport transport;
    private final SessionRegistry registry;
    private final ConnectFlow connectFlow;
    private final SessionLimits limits;
    private final GatewayPorts ports;
    private final Presence presence;
    private final SessionContext context;
    private final Crowd<MqttConnection> connecting;
    private final List<ScheduledFuture<?>> repeated = new ArrayList<>();
    private final Upkeep upkeep;
    private final Administration administration;

    /** Reads the stored sessions and makes everything but the listeners. */
    public MqttGateway(GatewaySettings settings, GatewayPorts ports) {
        limits = settings.limits();
        this.ports = ports;
        presence = new Presence(ports.events(), ports.clock());
        List<StoredSession> stored = ports.store().sessions();
        router = new Router(ports.store(), stored, System::nanoTime);
        subscriptions = new Subscriptions(router, task -> ports.log().feed().execute(task));
        Capacity capacity = Capacity.of(settings.capacity());
        context = new SessionContext(
                ports.uplink(),
                ports.log(),
                ports.store(),
                subscriptions,
                router,
                ports.directory(),
                readers,
                presence,
                settings.limits(),
                new CatchUpPace(System::nanoTime, () -> system().getProcessCpuLoad(), () -> system().getCpuLoad()),
                counters,
                capacity,
                ports.clock());
        connecting = new Crowd<>(settings.admission().connecting(), MqttConnection::crowdOut);
        Admission admission = new Admission(settings.admission(), counters.refusals(), System::nanoTime);
        transport = new Transport(settings.transport(), admission, capacity.unfinished(), this::newConnection);
        Supervision supervision = new Supervision();
        registry = new SessionRegistry(context, new SessionLoops(transport.workers()));
        stored.forEach(registry::restore);
        connectFlow = new ConnectFlow(
                new SignOn(ports.directory(), settings.clientIds(), settings.certificates(), ports.clock()),
                ports.directory(),
                registry,
                settings.limits(),
                capacity,
                counters,
                supervision);
        List<LoopLag> loops = new ArrayList<>();
        transport.workers().forEach(loop -> loops.add(LoopLag.of(loop)));
        administration = new Administration(
                new ClientAdministration(registry, context, supervision),
                counters,
                admission,
                capacity,
                router,
                ports.store(),
                loops);
        upkeep = new Upkeep(registry, context, System::nanoTime);
        repeat(upkeep, UPKEEP_SECONDS);
        repeat(new ExpiryWatch(registry, ports.clock()), EXPIRY_SECONDS);
        repeat(admission::forget, UPKEEP_SECONDS);
        repeat(new RefusalReport(counters.refusals(), System::nanoTime), REPORT_SECONDS);
    }

    private void repeat(Runnable task, long seconds) {
        repeated.add(maintenance.scheduleWithFixedDelay(task, seconds, seconds, TimeUnit.SECONDS));
    }

    private static OperatingSystemMXBean system() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    }

    private MqttConnection newConnection() {
        return new MqttConnection(connectFlow, limits, counters, connecting);
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** What the log's feed delivers to. */
    public Downlink downlink() {
        return router;
    }

    /**
     * Waits until the feed has read what the log got before the last stop or kill and the sessions know of it; then ends in
     * good order the connections that a kill has cut. The feed must be running; nobody may have been let in.
     */
    public Recovery recover() {
        CompletableFuture<Subscriptions.Recovered> fed = new CompletableFuture<>();
        subscriptions.recover(fed::complete);
        Subscriptions.Recovered recovered = await(fed);
        List<Reception> received = recovered.receptions();
        received.forEach(registry::recover);
        if (!received.isEmpty()) {
            LOG.info(
                    "{} QoS 2 messages came shortly before the last stop; their repetition is not taken",
                    received.size());
        }
        presence.continueAfter(ports.store().eventIndex());
        new CutConnections(context, ports.events()).end();
        return new Recovery(registry.size(), recovered.messages());
    }

    /** As long as it takes: to let clients in earlier would take messages twice. */
    private Subscriptions.Recovered await(CompletableFuture<Subscriptions.Recovered> fed) {
        while (true) {
            try {
                return fed.get(RECOVERY_REPORT.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException stillReading) {
                LOG.info(
                        "Reading what the log got before the last stop: at position {}; clients may connect afterwards",
                        router.indexed() + 1);
            } catch (InterruptedException | ExecutionException failed) {
                throw new IllegalStateException(
                        "reading what the log got before the last stop was interrupted", failed);
            }
        }
    }

    /**
     * Opens a listener. {@link #recover} must have returned.
     *
     * @throws ListenerFailure with a sentence that says why and what to do
     */
    public InetSocketAddress open(Listener listener) throws ListenerFailure {
        return transport.open(listener);
    }

    /**
     * Has every Client checked again that is affected by a change in the directory, which has been made: who may not stay is
     * disconnected, within milliseconds. Any thread.
     */
    public void recheck(Predicate<Identity> affected) {
        registry.recheck(affected);
    }

    /** Does now what is done every half minute, for tests of this package. */
    void upkeepNow() {
        maintenance.execute(upkeep);
    }

    /** For whoever operates the gateway. */
    public Administration administration() {
        return administration;
    }

    public GatewayCounters counters() {
        return counters;
    }

    /** Lets nobody in, ends all connections with their Wills and events, and stops. The log has to be up still. */
    @Override
    public void close() {
        connectFlow.stop();
        transport.stopAccepting();
        new Shutdown(registry).closeConnections(STOP_PATIENCE);
        repeated.forEach(task -> task.cancel(false));
        maintenance.shutdown();
        transport.close();
        readers.shutdown();
        router.close();
    }
}
