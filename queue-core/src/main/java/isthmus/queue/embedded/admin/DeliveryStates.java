package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.DeliveryState;
import isthmus.queue.api.admin.DeliveryState.State;
import isthmus.queue.api.admin.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.rocketmq.broker.client.ConsumerGroupInfo;
import org.apache.rocketmq.broker.client.ConsumerManager;
import org.apache.rocketmq.broker.offset.ConsumerOffsetManager;
import org.apache.rocketmq.common.filter.ExpressionType;
import org.apache.rocketmq.remoting.protocol.heartbeat.MessageModel;
import org.apache.rocketmq.remoting.protocol.heartbeat.SubscriptionData;
import org.jspecify.annotations.Nullable;

/** Compares a message's place with the progress of each group. Any thread; asks tables in memory only. */
final class DeliveryStates {
    private final ConsumerManager consumers;
    private final ConsumerOffsetManager offsets;

    DeliveryStates(ConsumerManager consumers, ConsumerOffsetManager offsets) {
        this.consumers = consumers;
        this.offsets = offsets;
    }

    /** @see isthmus.queue.api.admin.Messages#deliveries */
    List<DeliveryState> of(StoredMessage message) {
        Set<String> groups = new TreeSet<>(offsets.whichGroupByTopic(message.topic()));
        groups.addAll(consumers.queryTopicConsumeByWho(message.topic()));
        List<DeliveryState> states = new ArrayList<>();
        for (String group : groups) {
            if (BrokerTables.isUsersGroup(group)) {
                states.add(new DeliveryState(group, state(group, message)));
            }
        }
        return states;
    }

    private State state(String group, StoredMessage message) {
        ConsumerGroupInfo online = consumers.getConsumerGroupInfo(group);
        boolean anybody = online != null && !online.getChannelInfoTable().isEmpty();
        if (anybody && online.getMessageModel() == MessageModel.BROADCASTING) {
            return State.BROADCASTING;
        }
        SubscriptionData subscription = anybody ? online.findSubscriptionData(message.topic()) : null;
        if (offsets.queryOffset(group, message.topic(), message.queueId()) > message.queueOffset()) {
            return subscription == null || takes(subscription, message.tag()) ? State.CONSUMED : State.FILTERED;
        }
        if (!anybody) {
            return State.OFFLINE;
        }
        if (subscription == null) {
            return State.UNKNOWN;
        }
        boolean pulled = offsets.queryPullOffset(group, message.topic(), message.queueId()) > message.queueOffset();
        return pulled ? State.CONSUMING : State.WAITING;
    }

    /** Whether a subscription takes a tag; an SQL expression looks at more than that, and is taken to. */
    private static boolean takes(SubscriptionData subscription, @Nullable String tag) {
        if (!ExpressionType.isTagType(subscription.getExpressionType())
                || SubscriptionData.SUB_ALL.equals(subscription.getSubString())) {
            return true;
        }
        return tag != null && subscription.getTagsSet().contains(tag);
    }
}
