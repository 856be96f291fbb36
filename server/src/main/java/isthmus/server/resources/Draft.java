package isthmus.server.resources;

import isthmus.gateway.spi.SessionStore.RecordChange;
import isthmus.server.permissions.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Resources while they are being changed, and the records that have to be written for it. One thread. */
final class Draft {
    private final Map<String, Account> accounts;
    private final Map<String, Policy> policies;
    private final Map<String, Topic> topics;
    private final Map<String, Group> groups;
    private final List<RecordChange> changes = new ArrayList<>();
    private final List<RecordChange> additions = new ArrayList<>();
    private final ResourceRecords records;

    Draft(ResourceRecords records, Snapshot now) {
        this(records, now.accounts(), now.policies(), now.topics(), now.groups());
    }

    Draft(
            ResourceRecords records,
            Map<String, Account> accounts,
            Map<String, Policy> policies,
            Map<String, Topic> topics,
            Map<String, Group> groups) {
        this.records = records;
        this.accounts = new TreeMap<>(accounts);
        this.policies = new TreeMap<>(policies);
        this.topics = new TreeMap<>(topics);
        this.groups = new TreeMap<>(groups);
    }

    void put(Account account) {
        accounts.put(account.name(), account);
        changes.add(records.account(account));
    }

    void put(Policy policy) {
        policies.put(policy.name(), policy);
        changes.add(records.policy(policy));
    }

    void put(Topic topic) {
        if (topics.put(topic.name(), topic) == null) {
            additions.add(ResourceRecords.removal(ResourceRecords.TOPIC, topic.name()));
        }
        changes.add(records.topic(topic));
    }

    void put(Group group) {
        if (groups.put(group.name(), group) == null) {
            additions.add(ResourceRecords.removal(ResourceRecords.GROUP, group.name()));
        }
        changes.add(records.group(group));
    }

    void removeAccount(String name) {
        accounts.remove(name);
        changes.add(new RecordChange(ResourceRecords.ACCOUNT, name, null));
    }

    void removePolicy(String name) {
        policies.remove(name);
        changes.add(new RecordChange(ResourceRecords.POLICY, name, null));
    }

    /** With a note that RocketMQ has to remove it too, for the next start, in case there is no time now. */
    void removeTopic(String name) {
        topics.remove(name);
        changes.add(new RecordChange(ResourceRecords.TOPIC, name, null));
        changes.add(ResourceRecords.removal(ResourceRecords.TOPIC, name));
    }

    void removeGroup(String name) {
        groups.remove(name);
        changes.add(new RecordChange(ResourceRecords.GROUP, name, null));
        changes.add(ResourceRecords.removal(ResourceRecords.GROUP, name));
    }

    /** Something else that is to be written together with the rest. */
    void also(List<RecordChange> others) {
        changes.addAll(others);
    }

    Map<String, Account> accounts() {
        return accounts;
    }

    Map<String, Policy> policies() {
        return policies;
    }

    Map<String, Topic> topics() {
        return topics;
    }

    Map<String, Group> groups() {
        return groups;
    }

    List<RecordChange> changes() {
        return changes;
    }

    /**
     * Notes for the next start that RocketMQ has to remove what is new here, in case it is not written after all. They go
     * when it is.
     */
    List<RecordChange> additions() {
        return additions;
    }

    // What a change begins with: the thing, or why it cannot be changed.

    Account account(String name) {
        return ResourceProblem.require(accounts, "account", name);
    }

    Topic topic(String name) {
        return ResourceProblem.require(topics, "topic", name);
    }

    Group group(String name) {
        return ResourceProblem.require(groups, "group", name);
    }

    Policy policy(String name) {
        return ResourceProblem.require(policies, "policy", name);
    }
}
