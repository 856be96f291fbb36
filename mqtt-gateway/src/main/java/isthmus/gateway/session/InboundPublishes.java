package isthmus.gateway.session;

import isthmus.gateway.codec.Packet;
import isthmus.gateway.limits.Limit;
import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.topics.TopicNames;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a Client publishes over one connection: into the log, and acknowledged in the order in which they came
 * (section 4.6), only after the log has them. Owner thread only.
 */
final class InboundPublishes {
    /** So many messages may wait for the log before the connection is no longer read. */
    private static final int MOST_PENDING = 1024;

    /** One message in so many is timed. */
    private static final int SAMPLED = 16 - 1;

    /** So many bytes of them, too. */
    private static final long MOST_PENDING_BYTES = 1 << 20;

    /** A message that is to be acknowledged once the log has stored it. */
    static final class PendingAck {
        private final int packetId;
        private final QoS qos;
        private final int bytes;
        private boolean stored;
        /** When the log was asked to store it, of those that are timed; else 0. */
        private long askedNanos;

        private PendingAck(int packetId, QoS qos, int bytes) {
            this.packetId = packetId;
            this.qos = qos;
            this.bytes = bytes;
        }

        int packetId() {
            return packetId;
        }
    }

    private final SessionContext context;
    private final Session session;
    private final Attachment attachment;
    private final Queue<PendingAck> pending = new ArrayDeque<>();
    private long pendingBytes;
    private int asked;

    InboundPublishes(SessionContext context, Session session, Attachment attachment) {
        this.context = context;
        this.session = session;
        this.attachment = attachment;
    }

    void onPublish(Packet.Publish publish) {
        context.counters().messageReceived(publish.qos(), publish.payload().length());
        if (ControlTopics.isTokenUpload(publish.topic())) {
            if (attachment.standing().onTokenUpload(publish.payload())) {
                acknowledgeWhenStored(publish, CompletableFuture.completedFuture(null));
            }
        } else if (ControlTopics.isKnown(publish.topic())) {
            acknowledgeWhenStored(publish, CompletableFuture.completedFuture(null));
        } else if (attachment.access().mayPublish(publish.topic())) {
            storePermitted(publish);
        } else if (!attachment.newTopics().make(List.of(publish.topic()), () -> onTopicMade(publish))) {
            refuse(publish.topic());
        }
    }

    private void onTopicMade(Packet.Publish publish) {
        if (attachment.access().mayPublish(publish.topic())) {
            storePermitted(publish);
        } else {
            refuse(publish.topic());
        }
    }

    private void storePermitted(Packet.Publish publish) {
        if (hasRoomFor(publish)) {
            acknowledgeWhenStored(publish, store(publish));
        }
    }

    /** 3.1.1 has no way to refuse a PUBLISH but to end the connection [MQTT-3.3.5-2]. */
    private void refuse(String topic) {
        String parent = TopicNames.parentOf(topic);
        if (!context.directory().hasParentTopic(parent)) {
            attachment
                    .connection()
                    .close(DisconnectReason.UNKNOWN_TOPIC, MissingTopic.sentence(parent, context.directory()));
        } else {
            attachment
                    .connection()
                    .close(
                            DisconnectReason.NOT_PERMITTED,
                            "account " + attachment.access().account() + " may not publish to " + topic);
        }
    }

    private boolean hasRoomFor(Packet.Publish publish) {
        // Acknowledged and not retained would be lost to those who subscribe later [MQTT-3.3.1-5].
        if (publish.retain() && !publish.payload().isEmpty() && !context.hasRoomToRetain(publish.topic())) {
            exceeded(Limit.RETAINED_MESSAGES, context.capacity().limits().retainedMessages());
            return false;
        }
        boolean kept = publish.qos() != QoS.AT_MOST_ONCE && !attachment.cleanSession();
        if (kept && !context.hasRoomToKeep(publish.topic())) {
            exceeded(Limit.INBOXES, context.capacity().limits().inboxes());
            return false;
        }
        return true;
    }

    private void exceeded(Limit limit, int most) {
        context.counters().refusals().count(limit);
        attachment
                .connection()
                .close(
                        DisconnectReason.LIMIT_EXCEEDED,
                        "there is no room for further " + limit.refused() + " (" + limit.setting() + ": " + most + ")");
    }

    private CompletionStage<Void> store(Packet.Publish publish) {
        if (publish.qos() == QoS.EXACTLY_ONCE) {
            CompletionStage<Void> before = session.received().find(publish.packetId());
            if (before != null) {
                return before;
            }
        }
        CompletionStage<Void> stage = context.uplink()
                .publish(new PublishedMessage(
                        session.clientId(),
                        attachment.cleanSession(),
                        publish.topic(),
                        publish.payload(),
                        publish.qos(),
                        publish.retain(),
                        mustBeRemembered(publish.qos()) ? publish.packetId() : 0));
        if (publish.qos() == QoS.EXACTLY_ONCE) {
            session.received().add(publish.packetId(), stage);
        }
        return stage;
    }

    private void acknowledgeWhenStored(Packet.Publish publish, CompletionStage<Void> stage) {
        PendingAck ack = new PendingAck(
                publish.packetId(), publish.qos(), publish.payload().length());
        pending.add(ack);
        if ((++asked & SAMPLED) == 0) {
            ack.askedNanos = System.nanoTime();
        }
        hold(ack.bytes);
        if (stage.toCompletableFuture().isDone()) {
            // A refusal has to end the connection now: what is read behind it must not be stored before its repetition.
            stage.whenComplete((done, failure) -> onStored(ack, failure));
        } else {
            stage.whenComplete((done, failure) -> session.tell(new SessionCommand.Stored(attachment, ack, failure)));
            if (pending.size() >= MOST_PENDING
                    || pendingBytes >= MOST_PENDING_BYTES
                    || context.capacity().unstored().isExceeded()) {
                attachment.connection().pause(Intake.Pause.LOG);
            }
        }
    }

    void onStored(PendingAck ack, @Nullable Throwable failure) {
        if (failure != null) {
            session.received().remove(ack.packetId);
            attachment.connection().close(DisconnectReason.APPEND_FAILED, Failures.sentence(failure));
            return;
        }
        ack.stored = true;
        if (ack.askedNanos != 0) {
            context.counters().appendLatency().record(System.nanoTime() - ack.askedNanos);
        }
        for (PendingAck head = pending.peek(); head != null && head.stored; head = pending.peek()) {
            pending.remove();
            hold(-head.bytes);
            acknowledge(head);
        }
        boolean few = pending.size() < MOST_PENDING / 2 && pendingBytes < MOST_PENDING_BYTES / 2;
        if (pending.isEmpty() || (few && !context.capacity().unstored().isExceeded())) {
            attachment.connection().resume(Intake.Pause.LOG);
        }
    }

    private void hold(int bytes) {
        pendingBytes += bytes;
        context.capacity().unstored().add(bytes);
    }

    /** The connection is over: what the log stores now is acknowledged to nobody. */
    void stop() {
        context.capacity().unstored().add(-pendingBytes);
        pendingBytes = 0;
        pending.clear();
    }

    private void acknowledge(PendingAck ack) {
        if (ack.qos != QoS.AT_MOST_ONCE) {
            context.counters().acknowledgementSent();
        }
        switch (ack.qos) {
            case AT_MOST_ONCE -> {}
            case AT_LEAST_ONCE -> attachment.connection().write(new Packet.PubAck(ack.packetId));
            case EXACTLY_ONCE -> receive(new Packet.PubRec(ack.packetId));
        }
    }

    private boolean mustBeRemembered(QoS qos) {
        return qos == QoS.EXACTLY_ONCE && attachment.stored();
    }

    /** The feed writes down the identifier when it passes the message; only then may the Client go on (section 4.3.3). */
    private void receive(Packet.PubRec pubRec) {
        if (attachment.stored()) {
            context.subscriptions()
                    .afterFeed(() -> session.tell(new SessionCommand.Continue(
                            attachment, () -> attachment.connection().write(pubRec), () -> {})));
        } else {
            attachment.connection().write(pubRec);
        }
    }

    /** Answered whether or not the identifier is known: the Client may repeat it [MQTT-4.3.3-2]. */
    void onPubRel(Packet.PubRel pubRel) {
        session.received().remove(pubRel.packetId());
        attachment.writes().add(new StoreChange.ReceivedDone(session.clientId(), pubRel.packetId()));
        attachment.writes().sendAfter(new Packet.PubComp(pubRel.packetId()));
    }
}
