package isthmus.server.resources;

import isthmus.bridge.EventTopics;
import isthmus.gateway.spi.Account;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.SessionStore;
import isthmus.queue.api.Names;
import isthmus.queue.api.QueueAccount;
import isthmus.queue.api.QueueCore;
import isthmus.server.config.InitialResources;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts, parent topics and groups that exist. Lookups are answered from a snapshot in memory, on any thread.
 * Changes are written to the store first and block; they come from one thread at a time.
 */
public final class Resources implements Directory {
    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);
    private static final String EVERYTHING = "*";

    private final ResourceRecords records;
    private volatile Snapshot snapshot;

    private Resources(ResourceRecords records) {
        this.records = records;
        this.snapshot = records.read();
    }

    /**
     * Reads what is stored and creates what is configured and missing. The very first start also makes what is needed
     * to use the server at once: an account with random keys when none is configured, and a topic and a group when
     * neither is.
     */
    public static Resources open(
            SessionStore store, InitialResources configured, SecretFiles secretFiles, SecureRandom random) {
        Resources resources = new Resources(new ResourceRecords(store));
        boolean first = resources.snapshot.isEmpty();
        resources.createMissing(configured);
        if (first && resources.topics().isEmpty() && resources.groups().isEmpty()) {
            resources.createTopic("Telemetry");
            resources.createGroup("GID_Sensors");
        }
        if (resources.accounts().isEmpty()) {
            resources.createRandomAccount(new RandomKeys(random), secretFiles);
        }
        return resources;
    }

    @Override
    public @Nullable Account account(String accessKey) {
        return snapshot.accounts().get(accessKey);
    }

    @Override
    public boolean hasGroup(String groupId) {
        return snapshot.groups().contains(groupId);
    }

    @Override
    public boolean hasParentTopic(String topic) {
        // What devices could publish there would pass for the gateway's own events.
        return snapshot.topics().contains(topic) && !EventTopics.isEventTopic(topic);
    }

    /** All accounts, in the order of their names. */
    public Collection<Account> accounts() {
        return snapshot.accounts().values();
    }

    /** All parent topics, in order. */
    public Set<String> topics() {
        return snapshot.topics();
    }

    /** All group ids, in order. */
    public Set<String> groups() {
        return snapshot.groups();
    }

    /** Tells the queue core of everything that exists. May be repeated after a change. */
    public void applyTo(QueueCore queueCore) {
        Snapshot now = snapshot;
        now.topics().forEach(queueCore::createTopic);
        for (String group : now.groups()) {
            queueCore.createTopic(EventTopics.of(group));
            queueCore.createGroup(group);
        }
        now.accounts().values().forEach(account -> queueCore.putAccount(queueAccount(account, now.groups())));
    }

    /** @throws IllegalArgumentException when the name breaks the rule of topics */
    public void createTopic(String topic) {
        Names.requireTopic(topic);
        records.putTopic(topic);
        snapshot = records.read();
    }

    /** @throws IllegalArgumentException when the name breaks the rule of groups */
    public void createGroup(String group) {
        InitialResources.requireGroup(group);
        records.putGroup(group);
        snapshot = records.read();
    }

    /** Creates an account or replaces its secret key and permissions. */
    public void putAccount(Account account) {
        records.putAccount(account);
        snapshot = records.read();
    }

    private void createMissing(InitialResources configured) {
        configured.topics().stream().filter(topic -> !hasParentTopic(topic)).forEach(records::putTopic);
        configured.groups().stream().filter(group -> !hasGroup(group)).forEach(records::putGroup);
        for (InitialResources.Account wanted : configured.accounts()) {
            Account account = new Account(
                    wanted.accessKey(), wanted.secretKey(), wanted.publish(), wanted.subscribe(), wanted.groups());
            Account existing = account(wanted.accessKey());
            if (existing == null) {
                records.putAccount(account);
            } else if (!existing.equals(account)) {
                LOG.warn(
                        "resources.accounts: {} exists with another secret key or other permissions; it is kept as it is",
                        wanted.accessKey());
            }
        }
        snapshot = records.read();
    }

    /** The file comes first: an account whose secret nobody can read must not exist. */
    private void createRandomAccount(RandomKeys keys, SecretFiles secretFiles) {
        Set<String> all = Set.of(EVERYTHING);
        Account account = new Account(keys.accessKey(), keys.secretKey(), all, all, all);
        secretFiles.write(account.accessKey(), account.secretKey());
        putAccount(account);
    }

    /** Who may use a group may also read the events of its clients. */
    private static QueueAccount queueAccount(Account account, Set<String> groups) {
        Set<String> subscribe = new TreeSet<>(account.subscribe());
        if (!subscribe.contains(EVERYTHING)) {
            groups.stream().filter(account::mayUse).map(EventTopics::of).forEach(subscribe::add);
        }
        return new QueueAccount(
                account.accessKey(), account.secretKey(), account.publish(), subscribe, account.groups());
    }
}
