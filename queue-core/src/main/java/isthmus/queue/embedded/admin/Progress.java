package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.GroupDetail.QueueProgress;
import isthmus.queue.api.admin.GroupDetail.TopicProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.client.ConsumerGroupInfo;
import org.apache.rocketmq.broker.offset.ConsumerOffsetManager;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.store.MessageStore;
import org.jspecify.annotations.Nullable;

/** How far a group is in each topic. Any thread that may touch the disk. */
final class Progress {
    private final BrokerController broker;
    private final MessageStore store;
    private final BrokerTables tables;
    private final ConsumerOffsetManager offsets;

    Progress(BrokerController broker, BrokerTables tables) {
        this.broker = broker;
        this.store = broker.getMessageStore();
        this.tables = tables;
        this.offsets = broker.getConsumerOffsetManager();
    }

    /** The topics that a group has progress in or is subscribed to, its retry topic included. */
    Set<String> topics(String group) {
        Set<String> topics = new TreeSet<>(offsets.whichTopicByConsumer(group));
        ConsumerGroupInfo online = broker.getConsumerManager().getConsumerGroupInfo(group);
        if (online != null) {
            topics.addAll(online.getSubscribeTopics());
        }
        topics.add(MixAll.getRetryTopic(group));
        topics.removeIf(topic -> !tables.exists(topic));
        return topics;
    }

    List<TopicProgress> all(String group) {
        List<TopicProgress> all = new ArrayList<>();
        for (String topic : topics(group)) {
            all.add(of(group, topic));
        }
        return all;
    }

    TopicProgress of(String group, String topic) {
        List<QueueProgress> queues = new ArrayList<>();
        long backlog = 0;
        long oldest = Long.MAX_VALUE;
        long last = 0;
        for (int queueId = 0; queueId < tables.queues(topic); queueId++) {
            QueueIndex index = QueueIndex.of(store, topic, queueId);
            QueueProgress queue = queue(group, topic, queueId, index);
            queues.add(queue);
            // A group without progress has not been online with this topic: what waits for it is not decided yet.
            if (index == null || queue.consumed() < 0) {
                continue;
            }
            long next = Math.max(queue.consumed(), queue.minOffset());
            if (next < queue.maxOffset()) {
                backlog += queue.maxOffset() - next;
                oldest = Math.min(oldest, index.storedMillis(next));
            }
            last = Math.max(last, index.storedMillis(queue.consumed() - 1));
        }
        long delay = backlog == 0 ? 0 : Math.max(0, System.currentTimeMillis() - oldest);
        return new TopicProgress(topic, backlog, delay, tps(group, topic), last, queues);
    }

    private QueueProgress queue(String group, String topic, int queueId, @Nullable QueueIndex index) {
        long consumed = offsets.queryOffset(group, topic, queueId);
        long pulled = Math.max(consumed, offsets.queryPullOffset(group, topic, queueId));
        return new QueueProgress(
                queueId, index == null ? 0 : index.first(), index == null ? 0 : index.end(), consumed, pulled);
    }

    double tps(String group, String topic) {
        return broker.getBrokerStatsManager().tpsGroupGetNums(group, topic);
    }
}
