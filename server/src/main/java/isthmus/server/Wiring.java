package isthmus.server;

import isthmus.bridge.Bridge;
import isthmus.gateway.GatewayPorts;
import isthmus.gateway.MqttGateway;
import isthmus.gateway.store.RocksSessionStore;
import isthmus.queue.embedded.EmbeddedRocketMq;
import isthmus.server.config.Configuration;
import isthmus.server.config.Mqtt;
import isthmus.server.config.Queue;
import isthmus.server.management.AccountRoutes;
import isthmus.server.management.CredentialRoutes;
import isthmus.server.management.PolicyRoutes;
import isthmus.server.management.QueueRoutes;
import isthmus.server.management.ResourceRoutes;
import isthmus.server.resources.Resources;
import isthmus.server.resources.SecretFiles;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes every service and connects them, from the log up to the listeners. The only place where services are made; reads
 * top to bottom. What is made later is stopped earlier.
 */
final class Wiring {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

    private final Configuration configuration;
    private final Supplier<Configuration> again;
    private final StartedParts parts;
    private final Consumer<String> diskFailed;
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();

    /**
     * Starts nothing yet.
     *
     * @param again reads the configuration again, as it is by then
     * @param diskFailed as {@link Isthmus#start} says
     */
    Wiring(
            Configuration configuration,
            Supplier<Configuration> again,
            StartedParts parts,
            Consumer<String> diskFailed) {
        this.configuration = configuration;
        this.again = again;
        this.parts = parts;
        this.diskFailed = diskFailed;
    }

    /**
     * Starts everything and opens the listeners.
     *
     * @return what a person needs to use it
     */
    ReadyMessage start() {
        long began = System.nanoTime();
        Path data = parts.add("data directory", DataDirectory.open(configuration.data()))
                .path();
        boolean sync = configuration.queue().embedded().flush() == Queue.Flush.SYNC;
        RocksSessionStore store = parts.add("session store", RocksSessionStore.open(data.resolve("sessions"), sync));
        store.failure().thenAccept(diskFailed);
        SecretFiles secrets = new SecretFiles(data.resolve("keys"));
        Resources resources = Resources.open(store, configuration.resources(), secrets, random, clock);

        EmbeddedRocketMq queue = parts.add(
                "queue core", EmbeddedRocketMq.start(Settings.queue(configuration, data.resolve("rocketmq"))));
        queue.failure().thenAccept(diskFailed);
        resources.applyTo(queue);
        if (store.feedPosition() > queue.endPosition()) {
            store.clampTo(queue.endPosition());
        }

        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Wiring::timerThread);
        parts.add("timer", timer::shutdownNow);
        Bridge bridge = parts.add(
                "bridge",
                new Bridge(queue, Settings.bridge(configuration.bridge()), EventKey.seal(store, random), timer, clock));
        Tls tls = parts.add("certificates", Tls.open(configuration, data.resolve("certs"), timer));
        MqttGateway gateway = parts.add(
                "gateway",
                new MqttGateway(
                        Settings.gateway(configuration.mqtt(), tls.forDevices()),
                        new GatewayPorts(bridge.uplink(), bridge.log(), bridge.events(), store, resources, clock)));
        bridge.start(gateway.downlink(), resources.topicNames());
        resources.connect(bridge::watch, gateway::recheck);
        if (configuration.mqtt().parentTopics() == Mqtt.ParentTopics.ANY) {
            int most = configuration.mqtt().limits().parentTopics();
            parts.add("topics by use", resources.makeTopicsByUse(most));
        }
        endKeysInTime(resources, timer);
        MqttGateway.Recovery recovered = gateway.recover();
        RecoveryReport.log(queue.recovery(), recovered, Duration.ofNanos(System.nanoTime() - began));

        ReadyMessage ready = new ReadyMessage("Isthmus is ready.");
        ManagementApi api = new ManagementApi(configuration.api(), data, store, random, clock);
        parts.add(
                "management",
                MqttManagement.start(
                        configuration,
                        again,
                        new MqttManagement.Parts(
                                gateway, bridge, queue, queue.operations().groups(), store, resources, clock),
                        api));
        openToTheWorld(gateway, resources, ready);
        api.add(new QueueRoutes(queue.operations(), clock).routes());
        addResources(api, resources);
        parts.add("management API", api).open(tls, ready);
        ready.line("RocketMQ name server", queue.nameServerAddress());
        tls.describe(ready);
        Accounts.describe(resources, secrets, ready);
        return ready.line("Data", data.toString());
    }

    private void addResources(ManagementApi api, Resources resources) {
        api.add(new ResourceRoutes(resources.topics(), resources.groups()).routes());
        api.add(new AccountRoutes(resources.accounts()).routes());
        api.add(new PolicyRoutes(resources.policies()).routes());
        boolean free = configuration.mqtt().clientIds() == Mqtt.ClientIds.ANY;
        api.add(new CredentialRoutes(resources.deviceKeys(), resources.tokens(), resources, free).routes());
    }

    private void openToTheWorld(MqttGateway gateway, Resources resources, ReadyMessage ready) {
        Listeners listeners = new Listeners(configuration.mqtt(), gateway, ready);
        listeners.open();
        new DemoPage(configuration, resources, listeners).start().ifPresent(page -> {
            parts.add("web page", page);
            ready.line("Web page", page.address());
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the timer
    private static void endKeysInTime(Resources resources, ScheduledExecutorService timer) {
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        resources.endKeys();
                    } catch (RuntimeException failure) {
                        LOG.error("a key that has ended could not be taken back; it is tried again", failure);
                    }
                },
                1,
                1,
                TimeUnit.SECONDS);
    }

    private static Thread timerThread(Runnable task) {
        Thread thread = new Thread(task, "isthmus-timer");
        thread.setDaemon(true);
        return thread;
    }
}
