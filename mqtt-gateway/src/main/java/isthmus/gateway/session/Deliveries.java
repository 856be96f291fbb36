package isthmus.gateway.session;

import isthmus.gateway.codec.Packet;
import isthmus.gateway.limits.Limit;
import isthmus.gateway.limits.SharedBytes;
import isthmus.gateway.routing.Subscriptions;
import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.StoreChange;
import org.jspecify.annotations.Nullable;

/**
 * What goes out over one connection: first what comes from the disk (messages to be sent again, retained ones, the
 * backlog), then the feed. It sends while the socket takes bytes and the in-flight window has room, and otherwise lets
 * messages be where they are safe: in the log. Owner thread only.
 */
final class Deliveries {
    private final SessionContext context;
    private final Session session;
    private final Attachment attachment;
    private final Backfill backfill;
    private final LiveQueue live;
    private final SharedBytes.Share memory;
    private boolean begun;

    Deliveries(SessionContext context, Session session, Attachment attachment) {
        this.context = context;
        this.session = session;
        this.attachment = attachment;
        this.live = new LiveQueue(context.limits().pending());
        this.backfill = new Backfill(context, session, attachment, live::caughtUp);
        this.memory = context.capacity().waiting().share(this::onMemoryNeeded);
    }

    /** Sends again what an earlier connection left unacknowledged, before anything new [MQTT-4.4.0-1]. */
    void redeliver() {
        var unacknowledged = session.window().entries();
        for (OutboundWindow.Entry each : unacknowledged) {
            if (each.released()) {
                attachment.connection().write(new Packet.PubRel(each.packetId()));
            }
        }
        var messages = unacknowledged.stream().filter(each -> !each.released()).toList();
        if (!messages.isEmpty()) {
            backfill.add(new RedeliverySource(context, messages));
        }
    }

    /** The feed knows the attachment: from here on it tells, and what came before is read. */
    void begin(Subscriptions.Attached attached) {
        if (attachment.stored()) {
            live.startBehind(session.cursor());
            catchUp();
        } else {
            live.startAt(attached.at());
            if (attached.inboxId() != 0) {
                backfill.add(new InboxSource(context, attached.inboxId(), attached.at()));
            }
        }
        begun = true;
    }

    /** New subscriptions are in effect; their retained messages come before what is published from now on. */
    void subscribed(Subscriptions.Subscribed subscribed) {
        backfill.subscriptionsGrew(subscribed.at());
        backfill.add(new RetainedSource(subscribed.retained(), subscribed.subscriptions()));
    }

    /** The feed has a message. */
    void onMessage(LoggedMessage message, QoS qos) {
        if (!live.offer(Outgoing.fromLog(message, qos), message.position())) {
            context.counters().qos0Dropped();
        }
    }

    /** The feed was faster than this session, and has told of the rest as a range. */
    void onMissed(Missed missed) {
        live.missed(missed.first(), missed.take());
    }

    /** Sends what can be sent now. */
    void pump() {
        if (sendAll()) {
            memory.movedOn();
        }
    }

    /** @return whether there was anything to send */
    private boolean sendAll() {
        boolean sent = false;
        while (begun && attachment.connection().isWritable()) {
            boolean fromDisk = !backfill.isDone();
            Outgoing next = fromDisk ? backfill.peek() : live.peek();
            if (next == null) {
                if (fromDisk || !live.isBehind()) {
                    return sent;
                }
                catchUp();
                continue;
            }
            if (needsIdentifier(next) && !session.window().hasRoom()) {
                return sent;
            }
            if (fromDisk) {
                backfill.remove();
            } else {
                live.remove();
            }
            send(next);
            sent = true;
        }
        return sent;
    }

    /** Messages in memory that were not sent yet. */
    int waiting() {
        return live.size();
    }

    /** Tells what of the memory for waiting messages is used here. Called when everything was flushed that can be. */
    void account() {
        if (begun) {
            memory.hold(
                    live.bytes() + backfill.bytes() + attachment.connection().stuckBytes());
        }
    }

    /** Others need the memory. Any thread. */
    private void onMemoryNeeded() {
        session.tell(new SessionCommand.Continue(
                attachment,
                () -> {
                    context.counters().refusals().count(Limit.WAITING_BYTES);
                    attachment
                            .connection()
                            .close(
                                    DisconnectReason.NOT_READING,
                                    Limit.WAITING_BYTES.setting()
                                            + " are used up, and this client has kept messages waiting the longest");
                },
                () -> {}));
    }

    private void catchUp() {
        if (attachment.stored()) {
            backfill.catchUp(new StoredCatchUp(context, session.subscriptions(), live.queuedUpTo()));
        } else if (live.resumeAt() < context.log().firstPosition()) {
            attachment.connection().close(DisconnectReason.BACKLOG_LOST, "the retention time of the log has passed");
        } else {
            backfill.catchUp(new LogCatchUp(
                    context, session.clientId(), session.subscriptions(), live.queuedUpTo(), live.resumeAt()));
        }
    }

    private static boolean needsIdentifier(Outgoing outgoing) {
        return outgoing.qos() != QoS.AT_MOST_ONCE && outgoing.packetId() == 0;
    }

    private void send(Outgoing outgoing) {
        LoggedMessage message = outgoing.message();
        boolean again = outgoing.origin() == Outgoing.Origin.REDELIVERED;
        if (message == null || (again && !attachment.mayReceive(message))) {
            session.window().drop(outgoing.packetId());
            attachment.writes().add(new StoreChange.InFlightDone(session.clientId(), outgoing.packetId()));
        } else if (again) {
            attachment.writes().sendInOrder(publish(message, outgoing, true, outgoing.packetId()));
        } else if (attachment.mayReceive(message)) {
            sendFirst(message, outgoing);
        }
    }

    private void sendFirst(LoggedMessage message, Outgoing outgoing) {
        if (outgoing.qos() == QoS.AT_MOST_ONCE) {
            attachment.writes().sendInOrder(publish(message, outgoing, false, 0));
            return;
        }
        boolean retained = outgoing.origin() == Outgoing.Origin.RETAINED;
        boolean kept = message.target() != null && (message.keep() || attachment.stored());
        OutboundWindow.Entry entry =
                session.window().add(message.position(), outgoing.qos(), kept, retained ? message : null);
        attachment
                .writes()
                .add(new StoreChange.InFlightAdded(
                        session.clientId(), entry.packetId(), message.position(), outgoing.qos()));
        if (outgoing.origin() == Outgoing.Origin.LOG) {
            session.moveCursor(message.position());
            attachment.writes().moveCursor(message.position());
        }
        Packet.Publish publish = publish(message, outgoing, false, entry.packetId());
        if (outgoing.qos() == QoS.EXACTLY_ONCE) {
            attachment.writes().sendAfter(publish);
        } else {
            attachment.writes().sendInOrder(publish);
        }
    }

    private Packet.Publish publish(LoggedMessage message, Outgoing outgoing, boolean dup, int packetId) {
        context.counters().messageSent(outgoing.qos(), message.payload().length());
        boolean retain = outgoing.origin() == Outgoing.Origin.RETAINED;
        return new Packet.Publish(
                dup, outgoing.qos(), retain, message.topicSeen(), packetId, message.payload(), message.traceId());
    }

    void onPubAck(Packet.PubAck pubAck) {
        done(session.window().acknowledged(pubAck.packetId()));
    }

    /** PUBREL follows in any case, so that a Client that has more than we know can finish (section 4.3.3). */
    void onPubRec(Packet.PubRec pubRec) {
        if (session.window().received(pubRec.packetId()) != null) {
            attachment.writes().add(new StoreChange.InFlightReleased(session.clientId(), pubRec.packetId()));
        }
        attachment.writes().sendAfter(new Packet.PubRel(pubRec.packetId()));
    }

    void onPubComp(Packet.PubComp pubComp) {
        done(session.window().completed(pubComp.packetId()));
    }

    private void done(OutboundWindow.@Nullable Entry entry) {
        if (entry == null) {
            return;
        }
        context.counters().acknowledged();
        attachment.writes().add(new StoreChange.InFlightDone(session.clientId(), entry.packetId()));
        if (entry.kept()) {
            context.subscriptions().inboxDone(session.clientId(), entry.position());
        }
    }

    void stop() {
        begun = false;
        backfill.stop();
        live.clear();
        memory.hold(0);
    }
}
