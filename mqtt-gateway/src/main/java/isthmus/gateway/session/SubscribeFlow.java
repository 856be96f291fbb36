package isthmus.gateway.session;

import isthmus.gateway.codec.Packet;
import isthmus.gateway.codec.SubAckCode;
import isthmus.gateway.limits.Limit;
import isthmus.gateway.routing.Subscription;
import isthmus.gateway.routing.Subscriptions;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.topics.TopicFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SUBSCRIBE and UNSUBSCRIBE. Both take effect on the feed thread, between two messages of the log; until then the
 * connection is not read, so that what the Client sends behind them comes after them. Owner thread only.
 */
final class SubscribeFlow {
    private final SessionContext context;
    private final Session session;
    private final Attachment attachment;

    SubscribeFlow(SessionContext context, Session session, Attachment attachment) {
        this.context = context;
        this.session = session;
        this.attachment = attachment;
    }

    void onSubscribe(Packet.Subscribe subscribe) {
        List<String> filters = subscribe.requests().stream()
                .map(Packet.Subscribe.Request::filter)
                .toList();
        if (!attachment.newTopics().make(filters, () -> subscribe(subscribe))) {
            subscribe(subscribe);
        }
    }

    private void subscribe(Packet.Subscribe subscribe) {
        Map<String, Subscription> before = session.subscriptions().byFilter();
        Map<String, Subscription> wanted = new LinkedHashMap<>();
        Map<String, String> objections = new LinkedHashMap<>();
        List<SubAckCode> codes = new ArrayList<>();
        for (Packet.Subscribe.Request request : subscribe.requests()) {
            TopicFilter filter = TopicFilter.of(request.filter());
            String objection = objectionTo(filter);
            if (objection == null) {
                wanted.put(filter.text(), session.subscriptions().request(filter, request.qos()));
                codes.add(granted(request.qos()));
            } else {
                objections.put(filter.text(), objection);
                codes.add(SubAckCode.FAILURE);
            }
        }
        if (!objections.isEmpty()) {
            attachment.connection().subscriptionsRefused(objections);
        }
        session.subscriptions().requested();
        List<Subscription> list = List.copyOf(wanted.values());
        attachment.connection().pause(Intake.Pause.SUBSCRIPTIONS);
        context.subscriptions()
                .subscribe(
                        attachment,
                        list,
                        before,
                        subscribed -> session.tell(new SessionCommand.Continue(
                                attachment,
                                () -> onSubscribed(new Packet.SubAck(subscribe.packetId(), codes), list, subscribed),
                                () -> onSubscribedTooLate(list, subscribed))));
    }

    private void onSubscribed(Packet.SubAck subAck, List<Subscription> requested, Subscriptions.Subscribed subscribed) {
        session.subscriptions().confirm(requested, subscribed);
        answer(subAck);
        attachment.deliveries().subscribed(subscribed);
        goOn();
    }

    /** The connection is gone, the subscription of a stored session is not. */
    private void onSubscribedTooLate(List<Subscription> requested, Subscriptions.Subscribed subscribed) {
        session.subscriptions().confirm(requested, subscribed);
        subscribed.retained().close();
    }

    /**
     * Why the Client does not get the subscription, or null: then it has taken its room, too, which the session gives
     * back when the subscription goes.
     */
    private @Nullable String objectionTo(TopicFilter filter) {
        if (!attachment.access().maySubscribe(filter)) {
            String parent = filter.firstLevel();
            return filter.firstLevelIsWildcard() || context.directory().hasParentTopic(parent)
                    ? "account " + attachment.access().account() + " has no permission"
                    : MissingTopic.sentence(parent, context.directory());
        }
        if (session.subscriptions().holds(filter.text())) {
            return null;
        }
        if (session.subscriptions().size() >= context.limits().subscriptions()) {
            return exceeded(Limit.SUBSCRIPTIONS_PER_CLIENT);
        }
        return context.capacity().subscriptions().tryTake() ? null : exceeded(Limit.SUBSCRIPTIONS);
    }

    private String exceeded(Limit limit) {
        context.counters().refusals().count(limit);
        return "a limit of the server was exceeded (" + limit.setting() + ")";
    }

    private static SubAckCode granted(QoS qos) {
        return switch (qos) {
            case AT_MOST_ONCE -> SubAckCode.GRANTED_0;
            case AT_LEAST_ONCE -> SubAckCode.GRANTED_1;
            case EXACTLY_ONCE -> SubAckCode.GRANTED_2;
        };
    }

    void onUnsubscribe(Packet.Unsubscribe unsubscribe) {
        List<Subscription> removed = session.subscriptions().remove(unsubscribe.filters());
        context.capacity().subscriptions().giveBack(removed.size());
        attachment.connection().pause(Intake.Pause.SUBSCRIPTIONS);
        context.subscriptions()
                .unsubscribe(
                        attachment,
                        removed,
                        () -> session.tell(new SessionCommand.Continue(
                                attachment, () -> onUnsubscribed(unsubscribe.packetId()), () -> {})));
    }

    private void onUnsubscribed(int packetId) {
        answer(new Packet.UnsubAck(packetId));
        goOn();
    }

    /** The feed has written what is answered; with a store that waits for the disk, it is to be there before the answer. */
    private void answer(Packet packet) {
        attachment.writes().sendAfter(packet);
    }

    /** What the Client sent behind its request is handled behind the answer. */
    private void goOn() {
        attachment.writes().runAfter(() -> attachment.connection().resume(Intake.Pause.SUBSCRIPTIONS));
    }
}
