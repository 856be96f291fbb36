package isthmus.queue.embedded.admin;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.topic.TopicValidator;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.jspecify.annotations.Nullable;

/** Which topics and groups there are, without RocketMQ's own. Any thread. */
public final class BrokerTables {
    private final BrokerController broker;

    BrokerTables(BrokerController broker) {
        this.broker = broker;
    }

    /** @throws isthmus.queue.api.admin.OperationException when users have no such topic */
    void requireTopic(String topic) {
        if (!isUsers(topic) || !exists(topic)) {
            throw Refusals.noTopic(topic);
        }
    }

    /** @throws isthmus.queue.api.admin.OperationException when there is no such group */
    SubscriptionGroupConfig requireGroup(String group) {
        return group(group).orElseThrow(() -> Refusals.noGroup(group));
    }

    /** Empty when users have no such group. */
    Optional<SubscriptionGroupConfig> group(String group) {
        return Optional.ofNullable(broker.getSubscriptionGroupManager()
                        .getSubscriptionGroupTable()
                        .get(group))
                .filter(config -> isUsersGroup(group));
    }

    boolean exists(String topic) {
        return broker.getTopicConfigManager().getTopicConfigTable().containsKey(topic);
    }

    /** How many queues of a topic are read; 0 when there is no such topic. */
    int queues(String topic) {
        @Nullable
        TopicConfig config =
                broker.getTopicConfigManager().getTopicConfigTable().get(topic);
        return config == null ? 0 : config.getReadQueueNums();
    }

    Set<String> topics() {
        Set<String> topics = new TreeSet<>();
        for (String topic : broker.getTopicConfigManager().getTopicConfigTable().keySet()) {
            if (isUsers(topic)) {
                topics.add(topic);
            }
        }
        return topics;
    }

    Set<String> groups() {
        Set<String> groups = new TreeSet<>();
        for (String group :
                broker.getSubscriptionGroupManager().getSubscriptionGroupTable().keySet()) {
            if (isUsersGroup(group)) {
                groups.add(group);
            }
        }
        return groups;
    }

    /** Whether it is neither one of RocketMQ's own topics nor one that it keeps for a consumer group. */
    public static boolean isUsers(String topic) {
        return !TopicValidator.isSystemTopic(topic)
                && !topic.startsWith(MixAll.RETRY_GROUP_TOPIC_PREFIX)
                && !topic.startsWith(MixAll.DLQ_GROUP_TOPIC_PREFIX);
    }

    static boolean isUsersGroup(String group) {
        return !MixAll.isSysConsumerGroup(group)
                && !MixAll.isPredefinedGroup(group)
                && !group.startsWith(RoutePosition.GROUP_PREFIX);
    }
}
