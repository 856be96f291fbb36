package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.GroupDetail;
import isthmus.queue.api.admin.GroupDetail.Agreement;
import isthmus.queue.api.admin.GroupDetail.Member;
import isthmus.queue.api.admin.GroupDetail.Model;
import isthmus.queue.api.admin.GroupDetail.TopicProgress;
import isthmus.queue.api.admin.GroupSummary;
import isthmus.queue.api.admin.Groups;
import isthmus.queue.api.admin.OperationException;
import isthmus.queue.api.admin.OperationException.Reason;
import isthmus.queue.api.admin.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.client.ConsumerGroupInfo;
import org.apache.rocketmq.broker.subscription.SubscriptionGroupManager;
import org.apache.rocketmq.remoting.protocol.heartbeat.MessageModel;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;

/** {@link Groups} of the embedded broker. */
final class EmbeddedGroups implements Groups {
    private final BrokerController broker;
    private final BrokerTables tables;
    private final MessageLookup lookup;
    private final Members members;
    private final Progress progress;
    private final OffsetReset reset;
    private final DirectDelivery direct;

    EmbeddedGroups(BrokerController broker, BrokerTables tables, StoredMessages stored, MessageLookup lookup) {
        this.broker = broker;
        this.tables = tables;
        this.lookup = lookup;
        this.members = new Members(broker);
        this.progress = new Progress(broker, tables);
        this.reset = new OffsetReset(broker, tables);
        this.direct = new DirectDelivery(broker, members, stored);
    }

    @Override
    public List<GroupSummary> list() {
        List<GroupSummary> groups = new ArrayList<>();
        for (String group : tables.groups()) {
            // Somebody may delete it just now.
            tables.group(group).ifPresent(config -> groups.add(summary(config, progress.all(group))));
        }
        return groups;
    }

    @Override
    public GroupDetail detail(String group) {
        SubscriptionGroupConfig config = tables.requireGroup(group);
        List<TopicProgress> topics = progress.all(group);
        List<Member> online = members.ask(group);
        SubscriptionAgreement agreement = SubscriptionAgreement.of(online);
        return new GroupDetail(
                summary(config, topics), model(group), online, agreement.agreement(), agreement.differences(), topics);
    }

    @Override
    public Waiting waiting(String group, String topic) {
        tables.requireGroup(group);
        tables.requireTopic(topic);
        boolean online = members.count(group) > 0;
        if (model(group) == Model.BROADCASTING) {
            return new Waiting(online, 0, 0);
        }
        TopicProgress topicProgress = progress.of(group, topic);
        return new Waiting(online, topicProgress.backlog(), topicProgress.delayMillis());
    }

    @Override
    public Map<String, Agreement> agreements() {
        Map<String, Agreement> agreements = new TreeMap<>();
        for (String group : tables.groups()) {
            if (members.count(group) > 1) {
                agreements.put(
                        group, SubscriptionAgreement.of(members.ask(group)).agreement());
            }
        }
        return agreements;
    }

    private GroupSummary summary(SubscriptionGroupConfig config, List<TopicProgress> topics) {
        String group = config.getGroupName();
        boolean broadcasting = model(group) == Model.BROADCASTING;
        return new GroupSummary(
                group,
                members.count(group),
                config.isConsumeEnable(),
                broadcasting
                        ? 0
                        : topics.stream().mapToLong(TopicProgress::backlog).sum(),
                topics.stream().mapToDouble(TopicProgress::tps).sum());
    }

    private Model model(String group) {
        ConsumerGroupInfo online = broker.getConsumerManager().getConsumerGroupInfo(group);
        if (online == null || online.getChannelInfoTable().isEmpty()) {
            return Model.UNKNOWN;
        }
        return online.getMessageModel() == MessageModel.BROADCASTING ? Model.BROADCASTING : Model.CLUSTERING;
    }

    @Override
    public void allowConsuming(String group, boolean allowed) {
        SubscriptionGroupConfig config = tables.requireGroup(group);
        SubscriptionGroupManager groups = broker.getSubscriptionGroupManager();
        config.setConsumeEnable(allowed);
        groups.updateDataVersion();
        groups.persist();
    }

    @Override
    public TimeSpan resettable(String topic) {
        tables.requireTopic(topic);
        return reset.resettable(topic);
    }

    @Override
    public List<QueueReset> resetToLatest(String group, String topic) {
        requireClustering(group, topic);
        return reset.toLatest(group, topic);
    }

    @Override
    public List<QueueReset> resetToTime(String group, String topic, long millis) {
        requireClustering(group, topic);
        return reset.toTime(group, topic, millis);
    }

    private void requireClustering(String group, String topic) {
        tables.requireGroup(group);
        tables.requireTopic(topic);
        if (model(group) == Model.BROADCASTING) {
            throw new OperationException(
                    Reason.CONFLICT,
                    "group",
                    "The group " + group + " receives by broadcasting; its consumers keep their progress themselves.");
        }
    }

    @Override
    public DirectConsumption consumeDirectly(String group, String clientId, String topic, String messageId) {
        tables.requireGroup(group);
        tables.requireTopic(topic);
        StoredMessage message = lookup.find(topic, messageId).orElseThrow(() -> Refusals.noMessage(topic, messageId));
        return direct.give(group, clientId, message);
    }
}
