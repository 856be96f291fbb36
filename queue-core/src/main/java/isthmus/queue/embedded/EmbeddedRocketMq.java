package isthmus.queue.embedded;

import static isthmus.queue.api.AppendException.Reason.UNAVAILABLE;

import isthmus.queue.api.AppendException;
import isthmus.queue.api.Appended;
import isthmus.queue.api.FeedHandler;
import isthmus.queue.api.LogFeed;
import isthmus.queue.api.LogRecord;
import isthmus.queue.api.QueueAccount;
import isthmus.queue.api.QueueCore;
import isthmus.queue.api.QueueMessage;
import isthmus.queue.api.QueueTopic;
import isthmus.queue.api.admin.QueueOperations;
import isthmus.queue.embedded.admin.EmbeddedOperations;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.rocketmq.store.MessageStore;
import org.jspecify.annotations.Nullable;

/**
 * The queue core as an Apache RocketMQ in this process: appends go straight into its store, the feed reads its commit log,
 * and RocketMQ clients connect to it as to any other.
 *
 * <p>Everything it writes is in the data directory, but for the native libraries that RocketMQ's dependencies unpack into
 * {@code java.io.tmpdir}. Some of RocketMQ's threads outlive {@link #close}, so a process ends by {@link System#exit}.
 */
public final class EmbeddedRocketMq implements QueueCore {
    private final DataDirectory directory;
    private final Addresses addresses;
    private final RocketMqNode node;
    private final WorkSignal signal;
    private final DiskFault fault;
    private final CommitLogReader log;
    private final Topics topics;
    private final Appender appender;
    private final Accounts accounts;
    private final EmbeddedOperations operations;
    private final Object feedLock = new Object();
    private @Nullable CommitLogFeed feed; // under feedLock
    private volatile boolean closed;

    private EmbeddedRocketMq(
            EmbeddedSettings settings,
            DataDirectory directory,
            Addresses addresses,
            RocketMqNode node,
            WorkSignal signal,
            DiskFault fault) {
        this.directory = directory;
        this.addresses = addresses;
        this.node = node;
        this.signal = signal;
        this.fault = fault;
        MessageStore store = node.broker().getMessageStore();
        this.log = new CommitLogReader(store, settings.logFileBytes());
        this.topics = new Topics(node);
        this.appender = new Appender(topics, store, node.broker().getStoreHost(), settings.maxBodyBytes());
        this.accounts = new Accounts(node.auth(), new ClientChannels(node.broker(), node.auth()));
        topics.createTraceTopic();
        this.operations = EmbeddedOperations.start(
                node.broker(),
                new OperationsLog(log),
                appender::append,
                directory.path().resolve("operations"),
                Clock.systemUTC());
    }

    /**
     * Starts name server and broker and returns when clients can connect: one to three seconds in a new process.
     *
     * @throws QueueStartException with a sentence that names the setting, port or directory and the way out
     */
    public static EmbeddedRocketMq start(EmbeddedSettings settings) {
        DataDirectory directory = DataDirectory.open(settings.directory());
        try {
            return HomeRedirect.during(directory.path().resolve("native"), () -> start(settings, directory));
        } catch (RuntimeException failed) {
            directory.close();
            throw failed;
        }
    }

    private static EmbeddedRocketMq start(EmbeddedSettings settings, DataDirectory directory) {
        Addresses addresses = Addresses.claim(settings);
        InnerCredentials inner = InnerCredentials.loadOrCreate(directory.path(), new SecureRandom());
        WorkSignal signal = new WorkSignal();
        DiskRoom room = new DiskRoom(
                () -> directory.path().toFile().getUsableSpace(),
                System::nanoTime,
                settings.directory().toString());
        DiskFault fault = new DiskFault(directory.path());
        RocketMqConfigs configs = new RocketMqConfigs(directory.path(), settings, addresses, room, fault);
        DoubtfulPages.writeAgain(directory.path(), configs.commitLog());
        TornRecord.remove(configs.commitLog());
        RocketMqNode node = RocketMqNode.start(configs, inner, signal);
        try {
            return new EmbeddedRocketMq(settings, directory, addresses, node, signal, fault);
        } catch (RuntimeException failed) {
            node.stop();
            throw failed;
        }
    }

    @Override
    public CompletionStage<Appended> append(QueueMessage message) {
        if (closed) {
            return CompletableFuture.failedFuture(new AppendException(
                    UNAVAILABLE, "The log is shut down; a message for topic " + message.topic() + " was not stored."));
        }
        return appender.append(message);
    }

    @Override
    public boolean takesMessages() {
        return !closed
                && !fault.isPresent()
                && node.broker().getMessageStore().getRunningFlags().isWriteable();
    }

    @Override
    public LogFeed openFeed(long from, FeedHandler handler) {
        synchronized (feedLock) {
            requireOpen();
            if (feed != null && feed.isRunning()) {
                throw new IllegalStateException("the live feed is open already; close it first");
            }
            feed = new CommitLogFeed(log, signal, from, handler);
            feed.start();
            return feed;
        }
    }

    @Override
    public Optional<LogRecord> read(long position) {
        requireOpen();
        return log.read(position);
    }

    @Override
    public long scan(long from, long to, Set<String> wanted, int maxBytes, Consumer<LogRecord> visitor) {
        requireOpen();
        return log.scan(from, to, new TopicSet(wanted), maxBytes, visitor);
    }

    @Override
    public long firstPosition() {
        return log.first();
    }

    @Override
    public long endPosition() {
        return log.end();
    }

    @Override
    public void createTopic(String topic) {
        requireOpen();
        topics.create(topic);
    }

    @Override
    public void putTopic(QueueTopic topic) {
        requireOpen();
        topics.put(topic);
    }

    @Override
    public void removeTopic(String topic) {
        requireOpen();
        topics.remove(topic);
    }

    @Override
    public Set<String> topics() {
        return topics.all();
    }

    @Override
    public void createGroup(String group) {
        requireOpen();
        topics.createGroup(group);
    }

    @Override
    public void removeGroup(String group) {
        requireOpen();
        topics.removeGroup(group);
    }

    @Override
    public Set<String> accounts() {
        requireOpen();
        return accounts.all();
    }

    @Override
    public void putAccount(QueueAccount account) {
        requireOpen();
        accounts.put(account);
    }

    @Override
    public void removeAccount(String accessKey) {
        requireOpen();
        accounts.remove(accessKey);
    }

    @Override
    public String nameServerAddress() {
        return addresses.advertisedNameServer();
    }

    /** The broker's port, for the line that says where everything listens. */
    public int brokerPort() {
        return addresses.brokerPort();
    }

    /** What an operator does with it. */
    public QueueOperations operations() {
        return operations;
    }

    /** What the start had to do about the log. */
    public LogRecovery recovery() {
        return node.recovery();
    }

    /**
     * Completes when the disk has failed to take what was written to the log, with a sentence that says what to do. Messages are
     * refused from then on; only another start helps.
     */
    public CompletionStage<String> failure() {
        return fault.sentence();
    }

    /** What runs underneath, for tests of this package. */
    RocketMqNode node() {
        return node;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the queue core is closed");
        }
    }

    /** Three to four seconds. A second call does nothing. */
    @Override
    public void close() {
        synchronized (feedLock) {
            if (closed) {
                return;
            }
            closed = true;
            if (feed != null) {
                feed.close();
            }
        }
        try {
            operations.close();
        } finally {
            stopNode();
        }
    }

    private void stopNode() {
        try {
            node.stop();
        } finally {
            directory.close();
        }
    }
}
