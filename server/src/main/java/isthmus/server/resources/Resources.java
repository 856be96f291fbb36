package isthmus.server.resources;

import isthmus.bridge.EventTopics;
import isthmus.gateway.auth.Identity;
import isthmus.gateway.spi.AccountKey;
import isthmus.gateway.spi.DeviceCredential;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.Rights;
import isthmus.gateway.spi.SessionStore;
import isthmus.gateway.spi.Token;
import isthmus.queue.api.QueueCore;
import isthmus.server.config.InitialResources;
import isthmus.server.permissions.AccountRights;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The accounts, policies, parent topics, groups, device credentials and tokens that exist: a service for each kind, which
 * changes them, and the {@link Directory} that the gateway asks. What the gateway asks is answered from memory, on any
 * thread, without a lock.
 */
public final class Resources implements Directory {
    private final Ledger ledger;
    private final DeviceKeys deviceKeys;
    private final Tokens tokens;
    private final Accounts accounts;
    private @Nullable QueueSide queueSide; // the thread that starts the server
    private volatile @Nullable TopicsByUse topicsByUse;

    private Resources(Ledger ledger, RandomKeys random) {
        this.ledger = ledger;
        this.deviceKeys = new DeviceKeys(ledger, random);
        this.tokens = new Tokens(ledger, random);
        this.accounts = new Accounts(ledger, random, deviceKeys, tokens);
    }

    /**
     * Reads what is stored and creates what is configured and missing. The very first start also makes what is needed
     * to use the server at once; see {@link FirstResources}.
     */
    public static Resources open(
            SessionStore store,
            InitialResources configured,
            SecretFiles secretFiles,
            SecureRandom random,
            Clock clock) {
        Ledger ledger = new Ledger(new ResourceRecords(store), clock);
        RandomKeys keys = new RandomKeys(random);
        new FirstResources(ledger, keys, secretFiles).make(configured);
        return new Resources(ledger, keys);
    }

    /** Tells the queue core of everything that exists, and from then on of every change. Once, at the start. */
    public void applyTo(QueueCore queueCore) {
        QueueSide side = new QueueSide(queueCore, ledger.records());
        side.begin(ledger.now());
        queueSide = side;
    }

    /**
     * From now on the rest of the server hears of changes, too.
     *
     * @param watch tells the feed which topics are for devices
     * @param recheck has the Clients checked again that are affected by a change
     */
    public void connect(Consumer<Set<String>> watch, Consumer<Predicate<Identity>> recheck) {
        if (queueSide == null) {
            throw new IllegalStateException("the queue core has not been told of the resources yet");
        }
        ledger.tell(new Surroundings(queueSide, watch, recheck));
    }

    /** From now on, parent topics come into being because devices use them; see {@link TopicsByUse}. */
    public TopicsByUse makeTopicsByUse(int most) {
        TopicsByUse maker = new TopicsByUse(ledger, most);
        topicsByUse = maker;
        return maker;
    }

    /** To be called every second or so: keys that have ended are in use no longer. Not on an event loop. */
    public void endKeys() {
        ledger.endKeys();
    }

    public Accounts accounts() {
        return accounts;
    }

    public Policies policies() {
        return new Policies(ledger);
    }

    public Topics topics() {
        return new Topics(ledger);
    }

    public Groups groups() {
        return new Groups(ledger);
    }

    public DeviceKeys deviceKeys() {
        return deviceKeys;
    }

    public Tokens tokens() {
        return tokens;
    }

    /** The AccessKeys that are in use, in order. */
    public List<String> accessKeys() {
        return ledger.now().keys().keySet().stream().sorted().toList();
    }

    /** The names of all groups of devices, in order. */
    public Set<String> groupNames() {
        return groups().list(GroupKind.MQTT).stream()
                .map(Group::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The names of all parent topics, in order. */
    public Set<String> topicNames() {
        return ledger.now().topics().keySet();
    }

    @Override
    public @Nullable AccountKey accountKey(String accessKey) {
        return ledger.now().key(accessKey);
    }

    @Override
    public @Nullable DeviceCredential deviceCredential(String id) {
        DeviceKey key = deviceKeys.find(id);
        return key == null || !key.enabled() ? null : key.forGateway();
    }

    @Override
    public @Nullable Token token(String id) {
        return tokens.find(id);
    }

    @Override
    public @Nullable Rights rights(String account, String clientId) {
        AccountRights rights = ledger.now().rights(account);
        return rights == null ? null : rights.of(clientId);
    }

    @Override
    public long version() {
        return ledger.now().version();
    }

    @Override
    public boolean hasGroup(String groupId) {
        Group group = ledger.now().groups().get(groupId);
        return group != null && group.kind() == GroupKind.MQTT;
    }

    @Override
    public boolean hasParentTopic(String topic) {
        return ledger.now().topics().containsKey(topic) && !EventTopics.isEventTopic(topic);
    }

    @Override
    public boolean makesParentTopics() {
        return topicsByUse != null;
    }

    @Override
    public CompletionStage<Made> makeParentTopic(String account, String topic) {
        TopicsByUse maker = topicsByUse;
        return maker == null ? CompletableFuture.completedStage(Made.REFUSED) : maker.make(account, topic);
    }
}
