package isthmus.gateway.session;

import isthmus.gateway.admin.ClientConnection;
import isthmus.gateway.admin.LastDisconnect;
import isthmus.gateway.auth.Withdrawal;
import isthmus.gateway.codec.ConnectReturnCode;
import isthmus.gateway.codec.Packet;
import isthmus.gateway.codec.Will;
import isthmus.gateway.routing.Subscriber;
import isthmus.gateway.routing.Subscription;
import isthmus.gateway.routing.Subscriptions;
import isthmus.gateway.spi.ConnectionEvent;
import isthmus.gateway.spi.KeptWill;
import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.QoS;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The time that a session and a connection spend together: everything that ends with the connection although it is not the
 * socket's. What is told about an attachment that is over is ignored, so that nothing of an old connection reaches a new
 * one.
 *
 * <p>Owner thread only, but for what {@link Subscriber} asks, which is immutable, told, or says whose it is.
 */
final class Attachment implements Subscriber {
    /** So many bytes of messages may be on their way from the feed to the session. */
    private static final long MOST_UNTAKEN_BYTES = 1 << 20;
    /** What a message takes beside its payload, roughly. */
    private static final long COMMAND_BYTES = 100;

    /** One message in so many is timed on its way to the session. */
    private static final int SAMPLED = 64 - 1;

    private final SessionContext context;
    private final Session session;
    private final MqttConnection connection;
    private final Packet.Connect connect;
    private final AccessCheck access;
    private final StoreWrites writes;
    private final InboundPublishes inbound;
    private final Deliveries deliveries;
    private final SubscribeFlow subscribing;
    private final NewTopics newTopics;
    private final Standing standing;
    private final @Nullable LastWill will;
    private boolean welcomed;
    /** Bytes of the messages that the feed has told of and the session has not taken. Any thread. */
    private final AtomicLong untaken = new AtomicLong();
    /** Feed thread only. */
    private @Nullable Missed missed;
    /** Messages that the feed told of. Feed thread only. */
    private int handedOver;

    Attachment(SessionContext context, Session session, SessionCommand.Attach attach) {
        this.context = context;
        this.session = session;
        this.connection = attach.connection();
        this.connect = attach.connect();
        this.access = new AccessCheck(context.directory(), context.clock(), session.clientId(), attach.identity());
        this.standing = new Standing(context, session, this, access);
        this.writes = new StoreWrites(context.store(), session, this);
        this.inbound = new InboundPublishes(context, session, this);
        this.deliveries = new Deliveries(context, session, this);
        this.subscribing = new SubscribeFlow(context, session, this);
        this.newTopics = new NewTopics(context, session, this);
        this.will = lastWill(context, session, attach);
    }

    /** Before {@link #welcome}, of a Client that has a Will: completes when a death of the process cannot undo it. */
    @Nullable
    CompletionStage<Void> keepWill() {
        return will == null ? null : will.keep();
    }

    private static @Nullable LastWill lastWill(SessionContext context, Session session, SessionCommand.Attach attach) {
        Will will = attach.connect().will();
        if (will == null) {
            return null;
        }
        PublishedMessage message = new PublishedMessage(
                session.clientId(),
                attach.connect().cleanSession(),
                will.topic(),
                will.payload(),
                will.qos(),
                will.retain());
        return new LastWill(
                context,
                new KeptWill(attach.connection().channelId(), attach.identity().account(), message));
    }

    /** The Client is told that it is connected; then everything flows. */
    void welcome(boolean sessionPresent) {
        Withdrawal objection = standing.objection();
        if (objection != null) {
            connection.refuse(ConnectReturnCode.NOT_AUTHORIZED, objection.reason());
            return;
        }
        welcomed = true;
        connection.accept(sessionPresent, connect.keepAliveSeconds());
        session.view()
                .connected(new ClientConnection(
                        connection.remoteAddress(),
                        context.clock().millis(),
                        access.account(),
                        connect.cleanSession(),
                        connect.keepAliveSeconds()));
        context.presence().publish(ConnectionEvent.Type.CONNECT, clientId(), connection);
        standing.dropLostSubscriptions();
        deliveries.redeliver();
        var held = session.subscriptions().list();
        context.subscriptions()
                .attach(
                        this,
                        held,
                        attached ->
                                session.tell(new SessionCommand.Continue(this, () -> begin(held, attached), () -> {})));
        connection.resume(Intake.Pause.CONNECTING);
    }

    private void begin(List<Subscription> held, Subscriptions.Attached attached) {
        if (stored()) {
            session.subscriptions().indexed(held, attached.filterIds());
            session.subscriptions().inbox(attached.inboxId());
        }
        deliveries.begin(attached);
    }

    /** The connection is over. Will, events and the session's own bookkeeping, in that order. */
    void end(DisconnectReason reason) {
        deliveries.stop();
        inbound.stop();
        writes.flush();
        try {
            if (welcomed) {
                takeLeave(reason);
            } else {
                forgetWill();
            }
        } finally {
            session.detached(this);
        }
    }

    private void forgetWill() {
        if (will != null) {
            will.forget();
        }
    }

    private void takeLeave(DisconnectReason reason) {
        context.subscriptions().detach(this, session.subscriptions().list());
        session.departed(
                new LastDisconnect(context.clock().millis(), reason.word(), reason.text(), connection.remoteAddress()));
        if (reason == DisconnectReason.CLIENT_DISCONNECT) {
            forgetWill();
            context.presence().publish(ConnectionEvent.Type.DISCONNECT, clientId(), connection);
        } else if (will != null) {
            publishWill(will);
        }
        context.presence().publish(ConnectionEvent.Type.TCP_CLEAN, clientId(), connection);
    }

    /** A Will is a publish: what the Client may not publish any more, the server does not publish for it. */
    private void publishWill(LastWill left) {
        if (access.mayPublish(left.topic())) {
            left.publish();
        } else {
            left.forget();
        }
    }

    /** What the Client may do has changed, or time has passed. */
    void recheck() {
        if (welcomed) {
            standing.recheck();
        }
    }

    /** Sends what waits and hands over what is to be stored. Called once per batch of packets or commands. */
    void flush() {
        deliveries.pump();
        writes.flush();
        connection.flush();
        deliveries.account();
        session.view().outstanding(session.window().size(), deliveries.waiting());
    }

    /** Whether the Client may read it: a filter matches messages, too, that it may not. */
    boolean mayReceive(LoggedMessage message) {
        return message.target() != null || access.mayReceive(message.topic());
    }

    @Override
    public String clientId() {
        return session.clientId();
    }

    /** Constant: a session is stored exactly when the connection asked for it. */
    @Override
    public boolean stored() {
        return !connect.cleanSession();
    }

    /** On the feed thread, which may be faster than this session: then the rest is left in the log. */
    @Override
    public void deliver(LoggedMessage message, QoS qos) {
        if (untaken.get() < MOST_UNTAKEN_BYTES) {
            untaken.addAndGet(sizeOf(message));
            session.tell(new SessionCommand.Deliver(this, message, qos));
            if ((++handedOver & SAMPLED) == 0) {
                session.tell(new SessionCommand.Sample(System.nanoTime()));
            }
        } else if (qos == QoS.AT_MOST_ONCE) {
            context.counters().qos0Dropped();
        } else if (missed == null || !missed.extend(message.position())) {
            missed = new Missed(message.position());
            session.tell(new SessionCommand.CatchUp(this, missed));
        }
    }

    /** The session has taken what it was told of a message. */
    void taken(LoggedMessage message) {
        untaken.addAndGet(-sizeOf(message));
    }

    private static long sizeOf(LoggedMessage message) {
        return message.payload().length() + COMMAND_BYTES;
    }

    boolean cleanSession() {
        return connect.cleanSession();
    }

    AccessCheck access() {
        return access;
    }

    Standing standing() {
        return standing;
    }

    MqttConnection connection() {
        return connection;
    }

    StoreWrites writes() {
        return writes;
    }

    InboundPublishes inbound() {
        return inbound;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    NewTopics newTopics() {
        return newTopics;
    }

    SubscribeFlow subscribing() {
        return subscribing;
    }
}
