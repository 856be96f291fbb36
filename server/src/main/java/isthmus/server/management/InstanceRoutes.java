package isthmus.server.management;

import isthmus.gateway.Administration;
import isthmus.gateway.admin.ClientSearch;
import isthmus.gateway.admin.ClientStatus;
import isthmus.gateway.admin.HeldSubscription;
import isthmus.gateway.codec.TopicSyntax;
import isthmus.gateway.limits.Limit;
import isthmus.gateway.session.ClientAdministration;
import isthmus.gateway.session.DisconnectReason;
import isthmus.gateway.spi.Directory;
import isthmus.server.api.Call;
import isthmus.server.api.None;
import isthmus.server.api.Page;
import isthmus.server.api.Problem;
import isthmus.server.api.Route;
import isthmus.server.operations.InstanceOperations;
import isthmus.server.operations.InstanceOperations.GroupStatus;
import isthmus.server.operations.InstanceOperations.Instance;
import isthmus.server.operations.InstanceOperations.InstanceSample;
import isthmus.server.operations.InstanceOperations.Minutes;
import isthmus.server.operations.InstanceOperations.OneGroup;
import isthmus.server.operations.InstanceOperations.SubscriberSearch;
import isthmus.server.operations.InstanceOperations.TopicActivity;
import isthmus.server.operations.InstanceOperations.TopicSubscriber;
import isthmus.server.operations.MessageOperations.OneTopic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** The instance, its groups and its topics. */
public final class InstanceRoutes {
    private static final int BATCH = 1000;

    private final Directory directory;
    private final TopicSyntax syntax;
    private final Administration gateway;
    private final History history;
    private final TopicHistory topics;
    private final InstanceFacts facts;

    public InstanceRoutes(
            Administration gateway,
            History history,
            TopicHistory topics,
            InstanceFacts facts,
            Directory directory,
            TopicSyntax syntax) {
        this.gateway = gateway;
        this.directory = directory;
        this.syntax = syntax;
        this.history = history;
        this.topics = topics;
        this.facts = facts;
    }

    public List<Route<?, ?, ?>> routes() {
        return List.of(
                Route.of(InstanceOperations.SHOW, this::show),
                Route.of(InstanceOperations.HISTORY, this::history),
                Route.of(InstanceOperations.GROUP, this::group),
                Route.of(InstanceOperations.SUBSCRIBERS, this::subscribers),
                Route.of(InstanceOperations.ACTIVITY, this::activity));
    }

    private Instance show(Call<None, None> call) {
        int[] sessions = {0};
        gateway.clients().forEach(client -> sessions[0]++);
        return new Instance(
                facts.version(),
                facts.started(),
                history.rates().in(),
                history.rates().out(),
                gateway.counters().messagesReceived(),
                gateway.counters().messagesSent(),
                sessions[0],
                gateway.counters().qos0MessagesDropped(),
                facts.feedLag().getAsLong(),
                Uses.of(gateway),
                refusals(),
                disconnects());
    }

    private Map<String, Long> refusals() {
        Map<String, Long> refusals = new TreeMap<>();
        for (Limit limit : Limit.values()) {
            long count = gateway.counters().refusals().of(limit);
            if (count > 0) {
                refusals.put(limit.setting(), count);
            }
        }
        return refusals;
    }

    private Map<String, Long> disconnects() {
        Map<String, Long> disconnects = new TreeMap<>();
        for (DisconnectReason reason : DisconnectReason.values()) {
            long count = gateway.counters().disconnects(reason);
            if (count > 0) {
                disconnects.put(reason.word(), count);
            }
        }
        return disconnects;
    }

    private Page<InstanceSample> history(Call<Minutes, None> call) {
        return new Page<>(history.instance(call.parameters().minutes()), null);
    }

    private GroupStatus group(Call<OneGroup, None> call) {
        String groupId = call.parameters().groupId();
        if (!directory.hasGroup(groupId)) {
            throw Problem.about(404, "groupId", "group " + groupId + " does not exist");
        }
        History.GroupNow now = history.groupsNow().getOrDefault(groupId, History.GroupNow.NONE);
        return new GroupStatus(groupId, now.online(), now.stored(), now.backlog(), history.group(groupId));
    }

    private Page<TopicSubscriber> subscribers(Call<SubscriberSearch, None> call) {
        SubscriberSearch search = call.parameters();
        requireName(search.topic());
        List<TopicSubscriber> found = new ArrayList<>();
        String after = Page.key(search.cursor());
        ClientSearch everybody = new ClientSearch(null, null, null, null);
        while (found.size() <= search.limit()) {
            List<ClientStatus> batch = gateway.clients().find(everybody, after, BATCH);
            batch.forEach(client -> addSubscriber(client, search.topic(), found));
            if (batch.size() < BATCH) {
                break;
            }
            after = batch.get(batch.size() - 1).clientId();
        }
        return Page.of(found, search.limit(), TopicSubscriber::clientId);
    }

    private static void addSubscriber(ClientStatus client, String topic, List<TopicSubscriber> found) {
        ClientAdministration.matching(client, topic).stream()
                .max(Comparator.comparing(HeldSubscription::qos))
                .ifPresent(held -> found.add(new TopicSubscriber(
                        client.clientId(),
                        client.isOnline(),
                        held.filter(),
                        held.qos().level())));
    }

    private TopicActivity activity(Call<OneTopic, None> call) {
        requireName(call.parameters().topic());
        return topics.activity(call.parameters().topic());
    }

    private void requireName(String topic) {
        String objection = syntax.violationInName(topic);
        if (objection != null) {
            throw Problem.invalid("topic", objection);
        }
    }

    /** What the instance shows of itself beside the gateway. */
    public record InstanceFacts(String version, Instant started, LongSupplier feedLag) {}
}
