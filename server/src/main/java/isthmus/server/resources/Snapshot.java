package isthmus.server.resources;

import isthmus.bridge.EventTopics;
import isthmus.gateway.spi.AccountKey;
import isthmus.server.permissions.AccountRights;
import isthmus.server.permissions.Policy;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All accounts, policies, topics and groups at one moment, and what follows from them. Never changes; any thread. */
final class Snapshot {
    private final long version;
    private final NavigableMap<String, Account> accounts;
    private final NavigableMap<String, Policy> policies;
    private final NavigableMap<String, Topic> topics;
    private final NavigableMap<String, Group> groups;
    /** By AccessKey; those in use. */
    private final Map<String, AccountKey> keys = new HashMap<>();
    /** By account; those that are enabled. */
    private final Map<String, AccountRights> rights = new HashMap<>();

    /**
     * @param before what is as it was need not be worked out again
     * @param nowMillis keys that have ended by then are not in use
     */
    Snapshot(Draft draft, @Nullable Snapshot before, long nowMillis) {
        version = before == null ? 1 : before.version + 1;
        accounts = Collections.unmodifiableNavigableMap(new TreeMap<>(draft.accounts()));
        policies = Collections.unmodifiableNavigableMap(new TreeMap<>(draft.policies()));
        topics = Collections.unmodifiableNavigableMap(new TreeMap<>(draft.topics()));
        groups = Collections.unmodifiableNavigableMap(new TreeMap<>(draft.groups()));
        accounts.values().stream().filter(this::isEnabled).forEach(account -> {
            rights.put(account.name(), rightsOf(account, before));
            account.keys().stream()
                    .filter(key -> key.enabled() && key.endsMillis() > nowMillis)
                    .forEach(key -> keys.put(
                            key.accessKey(), new AccountKey(account.name(), key.accessKey(), key.secretKey())));
        });
    }

    private boolean isEnabled(Account account) {
        Account main = account.main() == null ? null : accounts.get(account.main());
        return account.enabled() && (account.main() == null || (main != null && main.enabled()));
    }

    private AccountRights rightsOf(Account account, @Nullable Snapshot before) {
        if (before != null && topics.equals(before.topics)) {
            Account old = before.accounts.get(account.name());
            AccountRights known = before.rights.get(account.name());
            if (old != null
                    && known != null
                    && old.grant().equals(account.grant())
                    && policiesOf(account).equals(before.policiesOf(old))) {
                return known;
            }
        }
        return new AccountRights(
                account.grant(),
                policiesOf(account),
                topics.values().stream()
                        // What devices could publish there would pass for the gateway's own events.
                        .filter(topic -> !EventTopics.isEventTopic(topic.name()))
                        .map(Topic::forRights)
                        .toList());
    }

    private List<Policy> policiesOf(Account account) {
        return account.policies().stream()
                .map(policies::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Whether anything is different for who has signed on with an account. */
    @SuppressWarnings("ReferenceEquality") // rights are kept while they are as they were
    boolean differsFor(String account, Snapshot before) {
        return rights.get(account) != before.rights.get(account)
                || !Objects.equals(accounts.get(account), before.accounts.get(account))
                || !groups.keySet().equals(before.groups.keySet());
    }

    long version() {
        return version;
    }

    @Nullable
    AccountKey key(String accessKey) {
        return keys.get(accessKey);
    }

    @Nullable
    AccountRights rights(String account) {
        return rights.get(account);
    }

    /** Those in use, of all accounts. */
    Map<String, AccountKey> keys() {
        return keys;
    }

    NavigableMap<String, Account> accounts() {
        return accounts;
    }

    NavigableMap<String, Policy> policies() {
        return policies;
    }

    NavigableMap<String, Topic> topics() {
        return topics;
    }

    NavigableMap<String, Group> groups() {
        return groups;
    }
}
