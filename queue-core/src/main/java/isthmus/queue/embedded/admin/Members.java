package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.GroupDetail.Member;
import isthmus.queue.api.admin.GroupDetail.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.client.ClientChannelInfo;
import org.apache.rocketmq.broker.client.ConsumerGroupInfo;
import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.remoting.common.RemotingHelper;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.body.ConsumerRunningInfo;
import org.apache.rocketmq.remoting.protocol.header.GetConsumerRunningInfoRequestHeader;
import org.apache.rocketmq.remoting.protocol.heartbeat.SubscriptionData;

/**
 * Who of a group is online, and what each of them subscribes to. The broker keeps only what the group as a whole has said
 * last, so each member is asked. Any thread that may wait.
 */
final class Members {
    private static final long ANSWER_MILLIS = 3_000;

    private final BrokerController broker;
    private final ClientRequests requests;

    Members(BrokerController broker) {
        this.broker = broker;
        this.requests = new ClientRequests(broker);
    }

    /** All are asked at once; waits three seconds at most. */
    List<Member> ask(String group) {
        List<CompletableFuture<Member>> answers = new ArrayList<>();
        for (ClientChannelInfo client : online(group)) {
            answers.add(subscriptions(group, client)
                    .handle((subscriptions, silence) ->
                            silence == null ? member(client, true, subscriptions) : member(client, false, Set.of())));
        }
        await(answers);
        List<Member> members = new ArrayList<>();
        answers.forEach(answer -> members.add(answer.join()));
        members.sort(Comparator.comparing(Member::clientId));
        return members;
    }

    int count(String group) {
        return online(group).size();
    }

    Collection<ClientChannelInfo> online(String group) {
        ConsumerGroupInfo online = broker.getConsumerManager().getConsumerGroupInfo(group);
        return online == null ? List.of() : online.getChannelInfoTable().values();
    }

    Optional<ClientChannelInfo> online(String group, String clientId) {
        return Optional.ofNullable(broker.getConsumerManager().findChannel(group, clientId));
    }

    private CompletableFuture<Set<Subscription>> subscriptions(String group, ClientChannelInfo client) {
        GetConsumerRunningInfoRequestHeader header = new GetConsumerRunningInfoRequestHeader();
        header.setConsumerGroup(group);
        header.setClientId(client.getClientId());
        header.setJstackEnable(false);
        return requests.ask(client, RequestCode.GET_CONSUMER_RUNNING_INFO, header, new byte[0], ANSWER_MILLIS)
                .thenApply(answer -> subscriptions(group, answer))
                .orTimeout(2 * ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Set<Subscription> subscriptions(String group, RemotingCommand answer) {
        if (answer.getCode() != ResponseCode.SUCCESS || answer.getBody() == null) {
            throw new IllegalStateException("the client answered " + answer.getCode());
        }
        ConsumerRunningInfo info = RemotingSerializable.decode(answer.getBody(), ConsumerRunningInfo.class);
        Set<Subscription> subscriptions = new HashSet<>();
        for (SubscriptionData data : info.getSubscriptionSet()) {
            if (!data.getTopic().equals(MixAll.getRetryTopic(group))) {
                subscriptions.add(new Subscription(data.getTopic(), data.getSubString()));
            }
        }
        return subscriptions;
    }

    private static Member member(ClientChannelInfo client, boolean answered, Set<Subscription> subscriptions) {
        return new Member(
                client.getClientId(),
                RemotingHelper.parseChannelRemoteAddr(client.getChannel()),
                client.getLanguage().name().toLowerCase(Locale.ROOT),
                MQVersion.getVersionDesc(client.getVersion()),
                client.getLastUpdateTimestamp(),
                answered,
                subscriptions);
    }

    private static void await(List<CompletableFuture<Member>> answers) {
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                    .get(3 * ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException impossible) {
            throw new IllegalStateException("a client's silence was not made an answer", impossible);
        }
    }
}
