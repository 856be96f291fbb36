package isthmus.queue.embedded.admin;

import isthmus.queue.api.Appended;
import isthmus.queue.api.QueueMessage;
import isthmus.queue.api.admin.DeadLetters;
import isthmus.queue.api.admin.Groups;
import isthmus.queue.api.admin.Messages;
import isthmus.queue.api.admin.QueueOperations;
import isthmus.queue.api.admin.Reports;
import isthmus.queue.api.admin.Routes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.common.topic.TopicValidator;
import org.apache.rocketmq.store.MessageStore;

/** The operations on the embedded broker; one per broker, from after its start until before its stop. */
public final class EmbeddedOperations implements QueueOperations, AutoCloseable {
    /** The region that the broker tells clients it is in. */
    public static final String REGION = "isthmus";
    /** Where clients of ONS write their traces: a topic of the region. */
    public static final String ONS_TRACE_TOPIC = TopicValidator.SYSTEM_TOPIC_PREFIX + "TRACE_DATA_" + REGION;

    private final EmbeddedMessages messages;
    private final EmbeddedGroups groups;
    private final EmbeddedDeadLetters deadLetters;
    private final EmbeddedReports reports;
    private final EmbeddedRoutes routes;
    private final Resends resends = new Resends();
    private final Sampler sampler;

    private EmbeddedOperations(
            BrokerController broker,
            LogAccess log,
            Function<QueueMessage, CompletionStage<Appended>> append,
            Path directory,
            Clock clock) {
        MessageStore store = broker.getMessageStore();
        BrokerTables tables = new BrokerTables(broker);
        StoredMessages stored = new StoredMessages(store, log);
        DeliveryStates states = new DeliveryStates(broker.getConsumerManager(), broker.getConsumerOffsetManager());
        KeyIndex index = new KeyIndex(store, stored);
        MessageLookup lookup = new MessageLookup(stored, index);
        TopicReader reader = new TopicReader(store, tables, stored);
        this.messages = new EmbeddedMessages(store, tables, stored, index, lookup, reader, states, append);
        this.groups = new EmbeddedGroups(broker, tables, stored, lookup);
        this.deadLetters = new EmbeddedDeadLetters(tables, reader, lookup, new LetterResend(store, stored), resends);
        SampleTable samples = new SampleTable();
        this.sampler = new Sampler(
                new Totals(broker, tables)::read, samples, new SampleFiles(directory.resolve("reports")), clock);
        this.reports = new EmbeddedReports(tables, samples, clock);
        this.routes = new EmbeddedRoutes(broker, tables, stored, new RouteFiles(directory.resolve("routes")));
    }

    /**
     * Begins to count, and goes on with the routes that ran.
     *
     * @param append appends a message in this process
     * @param directory where reports and routes are kept; made when missing
     */
    public static EmbeddedOperations start(
            BrokerController broker,
            LogAccess log,
            Function<QueueMessage, CompletionStage<Appended>> append,
            Path directory,
            Clock clock) {
        EmbeddedOperations operations = new EmbeddedOperations(broker, log, append, directory, clock);
        operations.sampler.start();
        operations.routes.resume();
        return operations;
    }

    @Override
    public Messages messages() {
        return messages;
    }

    @Override
    public Groups groups() {
        return groups;
    }

    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    @Override
    public Reports reports() {
        return reports;
    }

    @Override
    public Routes routes() {
        return routes;
    }

    /** Counts what came since the last minute, for tests that do not want to wait for the next. */
    void sampleNow(long minute) {
        sampler.sample(minute);
    }

    /** Stops routes, resends and counting. Waits for what is being sent, twenty seconds at most. */
    @Override
    public void close() {
        routes.close();
        resends.close();
        sampler.close();
    }
}
