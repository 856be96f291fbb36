package isthmus.server.resources;

import isthmus.bridge.EventTopics;
import isthmus.gateway.spi.AccountKey;
import isthmus.queue.api.QueueAccount;
import isthmus.queue.api.QueueCore;
import isthmus.server.permissions.AccountRights;
import isthmus.server.permissions.Action;
import isthmus.server.permissions.Grant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps the queue core's topics, groups and accounts the same as ours. Remembers what it has told, so that it tells only what
 * has changed. RocketMQ knows no sub-topics: whoever may have only a part of a parent topic may not have it there at all.
 * One thread at a time.
 */
final class QueueSide {
    private final QueueCore queue;
    private final ResourceRecords records;
    private final Map<String, Topic> topics = new HashMap<>();
    private final Map<String, Group> groups = new HashMap<>();
    private final Map<String, QueueAccount> accounts = new HashMap<>();

    QueueSide(QueueCore queue, ResourceRecords records) {
        this.queue = queue;
        this.records = records;
    }

    /** At the start: makes what is missing, and removes what is left over from a change that a kill has cut. */
    void begin(Snapshot now) {
        for (String removal : records.removals()) {
            String name = removal.substring(removal.indexOf(' ') + 1);
            boolean isTopic = removal.startsWith(ResourceRecords.TOPIC + " ");
            remove(
                    removal,
                    name,
                    isTopic,
                    isTopic ? now.topics().containsKey(name) : now.groups().containsKey(name));
        }
        add(now);
        putAccounts(now);
        Set<String> leftOver = new HashSet<>(queue.accounts());
        leftOver.removeAll(accounts.keySet());
        leftOver.forEach(queue::removeAccount);
    }

    /** Makes topics and groups that are new, and changes those that are different. */
    void add(Snapshot after) {
        after.topics().values().stream()
                .filter(topic -> !topic.equals(topics.get(topic.name())))
                .forEach(topic -> {
                    queue.putTopic(topic.forQueue());
                    topics.put(topic.name(), topic);
                });
        after.groups().values().stream()
                .filter(group -> !group.equals(groups.get(group.name())))
                .forEach(group -> {
                    if (group.kind() == GroupKind.MQTT) {
                        queue.createTopic(EventTopics.of(group.name()));
                    }
                    if (group.kind() != GroupKind.PRODUCER) {
                        queue.createGroup(group.name());
                    }
                    groups.put(group.name(), group);
                });
    }

    /** Changes accounts, and removes what has gone. The topic of a group's events stays: its messages may be wanted still. */
    void follow(Snapshot after) {
        putAccounts(after);
        removeAccounts(after);
        for (String name : Set.copyOf(topics.keySet())) {
            if (!after.topics().containsKey(name)) {
                topics.remove(name);
                remove(ResourceRecords.TOPIC + " " + name, name, true, false);
            }
        }
        for (String name : Set.copyOf(groups.keySet())) {
            if (!after.groups().containsKey(name)) {
                groups.remove(name);
                remove(ResourceRecords.GROUP + " " + name, name, false, false);
            }
        }
    }

    private void remove(String removal, String name, boolean isTopic, boolean isThereAgain) {
        if (isTopic && !isThereAgain) {
            queue.removeTopic(name);
        } else if (!isThereAgain) {
            queue.removeGroup(name);
        }
        records.write(List.of(ResourceRecords.removed(removal)));
    }

    private void putAccounts(Snapshot after) {
        for (AccountKey key : after.keys().values()) {
            QueueAccount account = accountOf(key, after);
            if (!account.equals(accounts.get(key.accessKey()))) {
                queue.putAccount(account);
                accounts.put(key.accessKey(), account);
            }
        }
    }

    private void removeAccounts(Snapshot after) {
        for (String accessKey : Set.copyOf(accounts.keySet())) {
            if (after.key(accessKey) == null) {
                accounts.remove(accessKey);
                queue.removeAccount(accessKey);
            }
        }
    }

    /** Who may use a group may also read the events of its clients. */
    private static QueueAccount accountOf(AccountKey key, Snapshot now) {
        AccountRights rights = Objects.requireNonNull(now.rights(key.account()));
        Set<String> usable = Objects.requireNonNull(now.accounts().get(key.account()))
                .grant()
                .groups();
        Set<String> subscribe = new TreeSet<>(rights.wholeTopics(Action.SUB));
        if (!subscribe.contains(Grant.ALL)) {
            now.groups().keySet().stream()
                    .filter(group -> usable.contains(Grant.ALL) || usable.contains(group))
                    .map(EventTopics::of)
                    .forEach(subscribe::add);
        }
        return new QueueAccount(key.accessKey(), key.secretKey(), rights.wholeTopics(Action.PUB), subscribe, usable);
    }
}
