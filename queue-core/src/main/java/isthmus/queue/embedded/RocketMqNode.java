package isthmus.queue.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.apache.rocketmq.auth.config.AuthConfig;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.common.config.ConfigRocksDBStorage;
import org.apache.rocketmq.common.topic.TopicValidator;
import org.apache.rocketmq.namesrv.NamesrvController;
import org.apache.rocketmq.remoting.common.TlsMode;
import org.apache.rocketmq.remoting.netty.TlsSystemConfig;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.store.MessageStore;
import org.apache.rocketmq.store.config.StorePathConfigHelper;
import org.apache.rocketmq.store.queue.ConsumeQueueInterface;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A name server and a broker in this process: starts them, makes them know each other, stops them. Not thread safe: one
 * thread starts it and one stops it.
 *
 * <p>All of RocketMQ's threads are in one thread group of their own, by which {@link QuickStop} finds them.
 */
final class RocketMqNode {
    private static final Logger LOG = LoggerFactory.getLogger(RocketMqNode.class);
    private static final int REGISTRATION_ATTEMPTS = 250;
    private static final long REGISTRATION_PAUSE_NANOS = 20_000_000;

    private final ThreadGroup threads = new ThreadGroup("rocketmq");
    private final RocketMqConfigs configs;
    private final AuthConfig auth;
    private @Nullable NamesrvController nameServer;
    private @Nullable BrokerController broker;
    private @Nullable LogRecovery recovery;

    private RocketMqNode(RocketMqConfigs configs, AuthConfig auth) {
        this.configs = configs;
        this.auth = auth;
    }

    /** Blocks until clients can connect. What was started is stopped again when a part of it fails. */
    static RocketMqNode start(RocketMqConfigs configs, InnerCredentials inner, WorkSignal feed) {
        System.setProperty(RemotingCommand.REMOTING_VERSION_KEY, Integer.toString(MQVersion.CURRENT_VERSION));
        // Permissive mode, the default, makes a self-signed certificate at every start.
        TlsSystemConfig.tlsMode = TlsMode.DISABLED;
        RocketMqNode node = new RocketMqNode(configs, configs.auth(inner));
        try {
            node.start(feed);
            return node;
        } catch (InterruptedException interrupted) {
            node.stop();
            Thread.currentThread().interrupt();
            throw new QueueStartException("Interrupted while RocketMQ was starting.", interrupted);
        } catch (ExecutionException failed) {
            node.stop();
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new QueueStartException("RocketMQ did not start: " + cause, cause);
        }
    }

    /** Most of a cold start is class loading, so the two halves load theirs side by side. */
    private void start(WorkSignal feed) throws InterruptedException, ExecutionException {
        FutureTask<NamesrvController> first = inOwnGroup("rocketmq-start-name-server", this::startNameServer);
        FutureTask<BrokerController> second = inOwnGroup("rocketmq-start-broker", () -> initializeBroker(feed));
        ExecutionException failure = null;
        try {
            nameServer = first.get();
        } catch (ExecutionException failed) {
            failure = failed;
        }
        broker = second.get();
        if (failure != null) {
            throw failure;
        }
        inOwnGroup("rocketmq-start", () -> startBroker(broker())).get();
    }

    private <T> FutureTask<T> inOwnGroup(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(threads, task, name);
        // RocketMQ looks for our StandaloneHaService by the context class loader.
        thread.setContextClassLoader(RocketMqNode.class.getClassLoader());
        thread.start();
        return task;
    }

    private NamesrvController startNameServer() throws Exception {
        NamesrvController controller =
                new NamesrvController(configs.nameServer(), configs.nameServerListener(), configs.client());
        controller.initialize();
        controller.start();
        return controller;
    }

    private BrokerController initializeBroker(WorkSignal feed) throws Exception {
        EmbeddedStoreConfig store = configs.store(feed);
        boolean afterKill = Files.exists(Path.of(StorePathConfigHelper.getAbortFile(store.getStorePathRootDir())));
        BrokerController controller =
                new BrokerController(configs.broker(), configs.brokerListener(), configs.client(), store, auth);
        controller.getConfiguration().registerConfig(new Properties());
        if (!controller.initialize()) {
            throw new IllegalStateException(
                    "the broker could not load its store; the log lines before this one name the cause");
        }
        TransactionMetricsSpin.stop(controller);
        FastFailureTicks.install(controller);
        TimerFlushes.install(controller.getTimerMessageStore());
        recovery = recovered(controller.getMessageStore(), store.check(), afterKill);
        return controller;
    }

    /** Before the store runs: its dispatchers may be changed still. */
    private static LogRecovery recovered(MessageStore store, LogCheck check, boolean afterKill) {
        store.getDispatcherList().remove(check);
        long messages = store.getQueueStore().getConsumeQueueTable().values().stream()
                .flatMap(queues -> queues.values().stream())
                .mapToLong(ConsumeQueueInterface::getMessageTotalInQueue)
                .sum();
        return new LogRecovery(afterKill, messages, check.messages());
    }

    private Void startBroker(BrokerController controller) throws Exception {
        controller.start();
        stopPopServices(controller);
        awaitRoute(TopicValidator.RMQ_SYS_SELF_TEST_TOPIC);
        return null;
    }

    /** They look for waiting pop consumers 50 times a second each; those come through a proxy, which is not embedded. */
    private static void stopPopServices(BrokerController controller) {
        controller.getPopMessageProcessor().getPopLongPollingService().shutdown();
        controller.getNotificationProcessor().getPopLongPollingService().shutdown();
        controller.getPopLiteMessageProcessor().getPopLiteLongPollingService().shutdown();
    }

    /**
     * Registers all topics until the name server knows this one. The broker's own registration at start is skipped when
     * its connection to the name server is not ready yet, and its next one comes ten seconds later.
     */
    void awaitRoute(String topic) {
        for (int attempt = 0; attempt < REGISTRATION_ATTEMPTS; attempt++) {
            if (knowsRoute(topic)) {
                return;
            }
            if (attempt > 0) {
                LockSupport.parkNanos(REGISTRATION_PAUSE_NANOS);
            }
            broker().registerBrokerAll(true, false, true);
        }
        throw new IllegalStateException("the broker could not announce the topic " + topic + " to the name server");
    }

    boolean knowsRoute(String topic) {
        return nameServer != null && nameServer.getRouteInfoManager().pickupTopicRouteData(topic) != null;
    }

    BrokerController broker() {
        if (broker == null) {
            throw new IllegalStateException("the broker is not running");
        }
        return broker;
    }

    LogRecovery recovery() {
        if (recovery == null) {
            throw new IllegalStateException("the broker is not running");
        }
        return recovery;
    }

    AuthConfig auth() {
        return auth;
    }

    /** Blocks until both are down: three to four seconds. */
    void stop() {
        QuickStop.during(threads, this::shutdown);
        // These two are kept in a static map by path; a later start in this process would get the closed ones.
        ConfigRocksDBStorage.shutdown(auth.getAuthConfigPath() + "/users");
        ConfigRocksDBStorage.shutdown(auth.getAuthConfigPath() + "/acls");
        LOG.debug("RocketMQ is down");
    }

    private void shutdown() {
        if (broker != null) {
            broker.getTransactionalMessageService().getTransactionMetrics().persist();
            broker.shutdown();
        }
        if (nameServer != null) {
            nameServer.shutdown();
        }
    }
}
