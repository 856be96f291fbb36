package isthmus.server;

import isthmus.bridge.Bridge;
import isthmus.gateway.Administration;
import isthmus.gateway.MqttGateway;
import isthmus.gateway.codec.TopicSyntax;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.SessionStore;
import isthmus.queue.api.QueueCore;
import isthmus.queue.api.admin.Groups;
import isthmus.server.api.Json;
import isthmus.server.api.http.Plain;
import isthmus.server.config.Configuration;
import isthmus.server.config.Limits;
import isthmus.server.management.AlarmRoutes;
import isthmus.server.management.AlarmWatch;
import isthmus.server.management.Bans;
import isthmus.server.management.ClientRoutes;
import isthmus.server.management.ConfigurationRoutes;
import isthmus.server.management.Disagreements;
import isthmus.server.management.GroupAlarmRoutes;
import isthmus.server.management.GroupAlarms;
import isthmus.server.management.History;
import isthmus.server.management.HistoryFile;
import isthmus.server.management.InstanceRoutes;
import isthmus.server.management.LogAndWebhook;
import isthmus.server.management.MessageRoutes;
import isthmus.server.management.Reload;
import isthmus.server.management.TopicHistory;
import isthmus.server.management.Webhook;
import isthmus.server.metrics.FeedDelay;
import isthmus.server.metrics.Health;
import isthmus.server.metrics.Metrics;
import isthmus.server.metrics.Sources;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the management interface that is about MQTT: what is sampled, watched, counted, and who answers for it. */
final class MqttManagement implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MqttManagement.class);
    private static final long RATE_SECONDS = 10;
    private static final long SAMPLE_SECONDS = 60;
    private static final long ASK_SECONDS = 5;
    private static final long PATIENCE_SECONDS = 2;

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> thread("isthmus-management", task));
    /** Waits for clients to answer. */
    private final ScheduledExecutorService asking =
            Executors.newSingleThreadScheduledExecutor(task -> thread("isthmus-asking", task));

    private final Configuration configuration;
    private final Administration gateway;
    private final Sources sources;
    private final FeedDelay feedDelay;
    private final Webhook webhook;
    private final History history;

    /** What it works with. */
    record Parts(
            MqttGateway gateway,
            Bridge bridge,
            QueueCore queue,
            Groups groups,
            SessionStore store,
            Directory directory,
            Clock clock) {}

    private MqttManagement(Configuration configuration, Parts parts, ManagementApi api) {
        this.configuration = configuration;
        this.gateway = parts.gateway().administration();
        this.sources = new Sources(gateway, parts.bridge(), parts.queue(), parts.groups(), api.data());
        this.feedDelay = new FeedDelay(parts.queue()::endPosition, sources::feedLag, System::nanoTime);
        this.webhook = new Webhook(parts.store());
        this.history = new History(gateway, new HistoryFile(api.data().resolve("history.json")), parts.clock());
    }

    /** Adds its routes, keeps out who is banned, and begins to sample. Before anybody is let in. */
    static MqttManagement start(
            Configuration configuration, Supplier<Configuration> again, Parts parts, ManagementApi api) {
        MqttManagement management = new MqttManagement(configuration, parts, api);
        management.addClients(parts, api);
        management.addInstance(parts, api);
        management.addConfiguration(again, api);
        management.addPlain(api);
        return management;
    }

    private void addClients(Parts parts, ManagementApi api) {
        Bans bans = Bans.open(parts.store());
        bans.clientIds().forEach(clientId -> gateway.clients().ban(clientId, ""));
        api.add(new ClientRoutes(gateway.clients(), bans, timer, parts.clock()).routes());
        api.add(new MessageRoutes(
                        gateway,
                        parts.bridge().uplink(),
                        parts.directory(),
                        syntax(),
                        configuration.mqtt().limits().maxPacketBytes())
                .routes());
    }

    private TopicSyntax syntax() {
        Limits limits = configuration.mqtt().limits();
        return new TopicSyntax(limits.topicBytes(), limits.topicLevels());
    }

    private void addInstance(Parts parts, ManagementApi api) {
        Clock clock = parts.clock();
        TopicHistory topics = new TopicHistory(gateway.topics(), clock);
        Clock local = clock.withZone(ZoneId.systemDefault());
        LogAndWebhook notices = new LogAndWebhook(webhook);
        Disagreements disagreements = new Disagreements(parts.groups()::agreements, clock);
        AlarmWatch alarms = new AlarmWatch(gateway, feedDelay, disagreements, parts.store(), notices, local);
        GroupAlarms groupAlarms = new GroupAlarms(parts.groups(), parts.store(), notices, local);
        api.add(new InstanceRoutes(
                        gateway,
                        history,
                        topics,
                        new InstanceRoutes.InstanceFacts(api.version(), clock.instant(), sources::feedLag),
                        parts.directory(),
                        syntax())
                .routes());
        api.add(new AlarmRoutes(alarms, webhook, clock).routes());
        api.add(new GroupAlarmRoutes(groupAlarms).routes());
        every(RATE_SECONDS, history::measureRates);
        every(RATE_SECONDS, alarms::check);
        every(RATE_SECONDS, groupAlarms::check);
        askAgain(disagreements::look);
        timer.execute(() -> runSafely(history::restore));
        every(SAMPLE_SECONDS, history::sample);
        every(SAMPLE_SECONDS, history::keep);
        every(SAMPLE_SECONDS, topics::sample);
    }

    private void addConfiguration(Supplier<Configuration> again, ManagementApi api) {
        Reload reload = new Reload(configuration, again, this::applyLimits);
        api.add(new ConfigurationRoutes(reload).routes());
        HangUp.onSignal(reload::onSignal);
    }

    private void applyLimits(Configuration fresh) {
        Limits limits = fresh.mqtt().limits();
        gateway.allow(Settings.admission(limits), limits.storedSessions(), limits.subscriptions());
    }

    private void addPlain(ManagementApi api) {
        Json json = new Json();
        Health health = new Health(sources, feedDelay);
        Metrics metrics = new Metrics(sources);
        api.add(new Plain("/health/live", true, () -> reply(json, health.live())));
        api.add(new Plain("/health/ready", true, () -> reply(json, health.ready())));
        api.add(new Plain(
                "/metrics",
                configuration.api().openMetrics(),
                () -> new Plain.Reply(200, Metrics.MEDIA_TYPE, metrics.scrape())));
    }

    private static Plain.Reply reply(Json json, Health.Report report) {
        return new Plain.Reply(report.well() ? 200 : 503, "application/json", json.text(report));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the timer
    private void every(long seconds, Runnable task) {
        timer.scheduleAtFixedRate(() -> runSafely(task), seconds, seconds, TimeUnit.SECONDS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with what asks
    private void askAgain(Runnable task) {
        asking.scheduleWithFixedDelay(() -> runSafely(task), ASK_SECONDS, ASK_SECONDS, TimeUnit.SECONDS);
    }

    /** One failure must not end what is repeated. */
    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            LOG.error("sampling failed; it is tried again", failure);
        }
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The history is kept once more, by the thread that samples it. */
    @Override
    public void close() {
        asking.shutdown();
        try {
            if (!asking.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                asking.shutdownNow();
            }
            timer.submit(history::keep).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            LOG.warn("the history of the last minute is not kept", failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
        webhook.close();
    }
}
