package isthmus.queue.embedded;

import isthmus.queue.api.Names;
import isthmus.queue.api.QueueAccount;
import isthmus.queue.embedded.admin.EmbeddedOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.auth.authentication.enums.UserStatus;
import org.apache.rocketmq.auth.authentication.enums.UserType;
import org.apache.rocketmq.auth.authentication.factory.AuthenticationFactory;
import org.apache.rocketmq.auth.authentication.model.User;
import org.apache.rocketmq.auth.authentication.provider.AuthenticationMetadataProvider;
import org.apache.rocketmq.auth.authorization.enums.Decision;
import org.apache.rocketmq.auth.authorization.enums.PolicyType;
import org.apache.rocketmq.auth.authorization.factory.AuthorizationFactory;
import org.apache.rocketmq.auth.authorization.model.Acl;
import org.apache.rocketmq.auth.authorization.model.Policy;
import org.apache.rocketmq.auth.authorization.model.PolicyEntry;
import org.apache.rocketmq.auth.authorization.model.Resource;
import org.apache.rocketmq.auth.authorization.provider.AuthorizationMetadataProvider;
import org.apache.rocketmq.auth.config.AuthConfig;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.action.Action;
import org.apache.rocketmq.common.resource.ResourcePattern;
import org.apache.rocketmq.common.resource.ResourceType;
import org.apache.rocketmq.common.topic.TopicValidator;

/**
 * RocketMQ's accounts and their permissions (ACL 2.0). Any thread.
 *
 * <p>Writes to RocketMQ's providers and not to its managers: a manager merges new permissions into the old ones, a
 * provider replaces them, in one step and at once.
 */
final class Accounts {
    private static final String ALL = "*";
    /** SUB is for messages, GET for where a queue begins and ends: a consumer asks that of every queue it gets. */
    private static final List<Action> RECEIVE = List.of(Action.SUB, Action.GET);

    private final AuthenticationMetadataProvider users;
    private final AuthorizationMetadataProvider permissions;
    private final ClientChannels clients;
    private final Map<String, QueueAccount> known = new ConcurrentHashMap<>();

    Accounts(AuthConfig auth, ClientChannels clients) {
        this.clients = clients;
        this.users = AuthenticationFactory.getMetadataProvider(auth);
        this.permissions = AuthorizationFactory.getMetadataProvider(auth);
    }

    /** @see isthmus.queue.api.QueueCore#putAccount */
    void put(QueueAccount account) {
        requireFree(account.accessKey());
        if (account.secretKey().isBlank()) {
            throw new IllegalArgumentException("account \"" + account.accessKey() + "\" has an empty secret key");
        }
        User user = User.of(account.accessKey(), account.secretKey(), UserType.NORMAL);
        user.setUserStatus(UserStatus.ENABLE);
        // RocketMQ takes one policy per account and ignores further ones.
        Policy policy = Policy.of(PolicyType.CUSTOM, entries(account));
        await(permissions.createAcl(Acl.of(User.of(account.accessKey()), List.of(policy))));
        await(users.createUser(user));
        QueueAccount before = known.put(account.accessKey(), account);
        if (before != null && !account.mayReceiveAllOf(before)) {
            clients.closeConsumersOf(account.accessKey());
        }
    }

    /** @see isthmus.queue.api.QueueCore#accounts */
    Set<String> all() {
        Set<String> names = new TreeSet<>();
        users.listUser("").join().forEach(user -> names.add(user.getUsername()));
        names.remove(InnerCredentials.ACCESS_KEY);
        return names;
    }

    /** @see isthmus.queue.api.QueueCore#removeAccount */
    void remove(String accessKey) {
        requireFree(accessKey);
        await(users.deleteUser(accessKey));
        await(permissions.deleteAcl(User.of(accessKey)));
        known.remove(accessKey);
        clients.closeConsumersOf(accessKey);
    }

    private static void requireFree(String accessKey) {
        if (accessKey.isBlank()) {
            throw new IllegalArgumentException("an access key must not be empty");
        }
        if (accessKey.equals(InnerCredentials.ACCESS_KEY)) {
            throw new IllegalArgumentException(
                    "the access key \"" + accessKey + "\" is the broker's own; take another name");
        }
    }

    private static List<PolicyEntry> entries(QueueAccount account) {
        List<PolicyEntry> entries = new ArrayList<>();
        // A transaction's check-back names this topic, and clients with tracing send to the others.
        entries.add(allow(Resource.ofTopic(TopicValidator.RMQ_SYS_TRANS_HALF_TOPIC), List.of(Action.PUB)));
        entries.add(allow(Resource.ofTopic(TopicValidator.RMQ_SYS_TRACE_TOPIC), List.of(Action.PUB)));
        entries.add(allow(Resource.ofTopic(EmbeddedOperations.ONS_TRACE_TOPIC), List.of(Action.PUB)));
        addTopics(entries, account);
        for (String group : account.groups()) {
            if (group.equals(ALL)) {
                entries.add(allow(Resource.of(ResourceType.GROUP, null, ResourcePattern.ANY), RECEIVE));
                continue;
            }
            // The retry topic of a group is covered by the group itself; the topic of its dead letters is not.
            entries.add(allow(Resource.ofGroup(Names.requireGroup(group)), RECEIVE));
            entries.add(allow(Resource.ofTopic(MixAll.getDLQTopic(group)), RECEIVE));
        }
        return entries;
    }

    /** One entry per topic with all its actions: of two entries for one topic RocketMQ asks only one. */
    private static void addTopics(List<PolicyEntry> entries, QueueAccount account) {
        Set<String> publish = account.publish();
        Set<String> subscribe = account.subscribe();
        Set<String> named = new TreeSet<>(publish);
        named.addAll(subscribe);
        for (String topic : named) {
            List<Action> actions = new ArrayList<>();
            if (publish.contains(topic) || publish.contains(ALL)) {
                actions.add(Action.PUB);
            }
            if (subscribe.contains(topic) || subscribe.contains(ALL)) {
                actions.addAll(RECEIVE);
            }
            Resource resource = topic.equals(ALL)
                    ? Resource.of(ResourceType.TOPIC, null, ResourcePattern.ANY)
                    : Resource.ofTopic(Names.requireTopic(topic));
            entries.add(allow(resource, actions));
        }
    }

    private static PolicyEntry allow(Resource resource, List<Action> actions) {
        return PolicyEntry.of(resource, actions, null, Decision.ALLOW);
    }

    private static void await(CompletableFuture<Void> change) {
        change.join();
    }
}
