package isthmus.queue.embedded;

import isthmus.queue.api.Names;
import isthmus.queue.api.QueueTopic;
import isthmus.queue.embedded.admin.BrokerTables;
import isthmus.queue.embedded.admin.EmbeddedOperations;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentMap;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.subscription.SubscriptionGroupManager;
import org.apache.rocketmq.broker.topic.TopicConfigManager;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.TopicAttributes;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.attribute.TopicMessageType;
import org.apache.rocketmq.common.constant.PermName;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;

/** The topics and consumer groups of the broker. Any thread. */
final class Topics {
    /** A bound for consumers that share a topic; more queues cost files. */
    private static final int QUEUES = 8;

    private final RocketMqNode node;
    private final BrokerController broker;

    Topics(RocketMqNode node) {
        this.node = node;
        this.broker = node.broker();
    }

    /** How many queues messages of the topic may be put into; 0 when users have no such topic. */
    int writeQueues(String topic) {
        TopicConfig config = table().get(topic);
        return config == null || !BrokerTables.isUsers(topic) ? 0 : config.getWriteQueueNums();
    }

    /** @see isthmus.queue.api.QueueCore#createTopic */
    void create(String topic) {
        requireUsable(topic);
        synchronized (this) {
            if (!table().containsKey(topic)) {
                TopicConfig config = new TopicConfig(topic, QUEUES, QUEUES, PermName.PERM_READ | PermName.PERM_WRITE);
                broker.getTopicConfigManager().updateTopicConfig(config);
            }
        }
        node.awaitRoute(topic);
    }

    /** Makes the topic into which clients of ONS write their traces; RocketMQ makes that of its own clients itself. */
    void createTraceTopic() {
        String topic = EmbeddedOperations.ONS_TRACE_TOPIC;
        if (!table().containsKey(topic)) {
            TopicConfig config = new TopicConfig(topic, 1, 1, PermName.PERM_READ | PermName.PERM_WRITE);
            broker.getTopicConfigManager().updateTopicConfig(config);
        }
        node.awaitRoute(topic);
    }

    private static void requireUsable(String topic) {
        Names.requireTopic(topic);
        if (!BrokerTables.isUsers(topic)) {
            throw new IllegalArgumentException("topic \"" + topic + "\" is one of RocketMQ's own; take another name");
        }
    }

    /** @see isthmus.queue.api.QueueCore#putTopic */
    void put(QueueTopic topic) {
        requireUsable(topic.name());
        synchronized (this) {
            TopicConfig before = table().get(topic.name());
            TopicConfig config =
                    before == null ? new TopicConfig(topic.name(), QUEUES, QUEUES) : new TopicConfig(before);
            config.setPerm((topic.readable() ? PermName.PERM_READ : 0) | (topic.writable() ? PermName.PERM_WRITE : 0));
            TopicMessageType type = typeOf(topic.kind());
            if (before == null || before.getPerm() != config.getPerm() || before.getTopicMessageType() != type) {
                String attribute = TopicAttributes.TOPIC_MESSAGE_TYPE_ATTRIBUTE.getName();
                config.setAttributes(Map.of("+" + attribute, type.getValue()));
                TopicConfigManager manager = broker.getTopicConfigManager();
                manager.updateTopicConfig(config);
                broker.registerIncrementBrokerData(config, manager.getDataVersion());
            }
        }
        node.awaitRoute(topic.name());
    }

    private static TopicMessageType typeOf(QueueTopic.Kind kind) {
        return switch (kind) {
            case NORMAL -> TopicMessageType.NORMAL;
            case TIMED -> TopicMessageType.DELAY;
            case ORDERED -> TopicMessageType.FIFO;
            case TRANSACTIONAL -> TopicMessageType.TRANSACTION;
        };
    }

    /** @see isthmus.queue.api.QueueCore#removeTopic */
    void remove(String topic) {
        requireUsable(topic);
        synchronized (this) {
            broker.getTopicConfigManager().deleteTopicConfig(topic);
            broker.getTopicQueueMappingManager().delete(topic);
            broker.getConsumerOffsetManager().cleanOffsetByTopic(topic);
            broker.getMessageStore().deleteTopics(Set.of(topic));
        }
    }

    /** @see isthmus.queue.api.QueueCore#removeGroup */
    void removeGroup(String group) {
        Names.requireGroup(group);
        synchronized (this) {
            broker.getSubscriptionGroupManager().deleteSubscriptionGroupConfig(group);
            broker.getConsumerOffsetManager().removeOffset(group);
        }
    }

    /** @see isthmus.queue.api.QueueCore#topics */
    Set<String> all() {
        Set<String> topics = new TreeSet<>();
        for (String topic : table().keySet()) {
            if (BrokerTables.isUsers(topic)) {
                topics.add(topic);
            }
        }
        return Set.copyOf(topics);
    }

    /** @see isthmus.queue.api.QueueCore#createGroup */
    void createGroup(String group) {
        Names.requireGroup(group);
        SubscriptionGroupManager groups = broker.getSubscriptionGroupManager();
        SubscriptionGroupConfig config;
        synchronized (this) {
            config = groups.getSubscriptionGroupTable().get(group);
            if (config == null) {
                config = new SubscriptionGroupConfig();
                config.setGroupName(group);
                groups.updateSubscriptionGroupConfig(config);
            }
        }
        String retryTopic = MixAll.getRetryTopic(group);
        broker.getTopicConfigManager()
                .createTopicInSendMessageBackMethod(
                        retryTopic, config.getRetryQueueNums(), PermName.PERM_READ | PermName.PERM_WRITE, 0);
        node.awaitRoute(retryTopic);
    }

    private ConcurrentMap<String, TopicConfig> table() {
        return broker.getTopicConfigManager().getTopicConfigTable();
    }
}
