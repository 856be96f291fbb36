package isthmus.queue.embedded.admin;

import java.util.HashMap;
import java.util.Map;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.client.ConsumerGroupInfo;
import org.apache.rocketmq.broker.offset.ConsumerOffsetManager;
import org.apache.rocketmq.common.stats.Stats;
import org.apache.rocketmq.common.stats.StatsItem;

/**
 * How many messages each topic has taken so far, by the ends of its queues, whoever sent them; and how many each group was
 * given, as the broker counts them. Any thread that may touch the disk.
 */
final class Totals {
    private final BrokerController broker;
    private final BrokerTables tables;

    Totals(BrokerController broker, BrokerTables tables) {
        this.broker = broker;
        this.tables = tables;
    }

    Map<Series, Long> read() {
        Map<Series, Long> totals = new HashMap<>();
        for (String topic : tables.topics()) {
            totals.put(new Series(topic, null), stored(topic));
        }
        for (String topicAndGroup :
                broker.getConsumerOffsetManager().getOffsetTable().keySet()) {
            int at = topicAndGroup.indexOf(ConsumerOffsetManager.TOPIC_GROUP_SEPARATOR);
            if (at > 0) {
                given(totals, topicAndGroup.substring(0, at), topicAndGroup.substring(at + 1));
            }
        }
        // Those that receive by broadcasting have no progress here.
        broker.getConsumerManager().getConsumerTable().forEach((group, online) -> topics(online)
                .forEach(topic -> given(totals, topic, group)));
        return totals;
    }

    private static Iterable<String> topics(ConsumerGroupInfo online) {
        return online.getSubscribeTopics();
    }

    private long stored(String topic) {
        long total = 0;
        for (int queueId = 0; queueId < tables.queues(topic); queueId++) {
            QueueIndex queue = QueueIndex.of(broker.getMessageStore(), topic, queueId);
            total += queue == null ? 0 : queue.end();
        }
        return total;
    }

    private void given(Map<Series, Long> totals, String topic, String group) {
        if (!BrokerTables.isUsers(topic) || !BrokerTables.isUsersGroup(group)) {
            return;
        }
        StatsItem item = broker.getBrokerStatsManager()
                .getStatsItem(
                        Stats.GROUP_GET_NUMS, broker.getBrokerStatsManager().buildStatsKey(topic, group));
        if (item != null) {
            totals.put(new Series(topic, group), item.getValue().sum());
        }
    }
}
