package isthmus.gateway.session;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import isthmus.gateway.admin.PacketListener;
import isthmus.gateway.auth.CertificateNames;
import isthmus.gateway.codec.ConnectReturnCode;
import isthmus.gateway.codec.Packet;
import isthmus.gateway.codec.ProtocolViolation;
import isthmus.gateway.limits.Crowd;
import isthmus.gateway.limits.Limit;
import isthmus.gateway.transport.TransportFailure;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Network Connection, from the accepted socket to its end. It knows the order in which packets may come, hands them on
 * and carries out the decision to disconnect, in one place: {@link #close}. Until its CONNECT comes it is as small as
 * can be: strangers may open many. Lives on the channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen as the end of the channel
public final class MqttConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(MqttConnection.class);

    private static final String ASSIGNED = "assigned-";

    private static final String NO_PIPELINE = "the connection is not in a pipeline";

    private enum Phase {
        AWAITING_CONNECT,
        CONNECTING,
        CONNECTED,
        CLOSED
    }

    private final ConnectFlow connectFlow;
    private final SessionLimits limits;
    private final GatewayCounters counters;
    private final Crowd<MqttConnection> connecting;
    private final ConnectionLife life;
    private Phase phase = Phase.AWAITING_CONNECT;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Intake intake;
    private @Nullable KeepAlive keepAlive;
    private @Nullable StallWatch stallWatch;
    private @Nullable ScheduledFuture<?> connectTimer;
    private long ticket;
    private @Nullable Attachment attachment;
    private boolean unflushed;
    private String ioFailure = "";
    private @Nullable PacketListener watcher;

    /** @param connecting those whose CONNECT has not come */
    public MqttConnection(
            ConnectFlow connectFlow, SessionLimits limits, GatewayCounters counters, Crowd<MqttConnection> connecting) {
        this.connectFlow = connectFlow;
        this.limits = limits;
        this.counters = counters;
        this.connecting = connecting;
        this.life = new ConnectionLife();
    }

    // From the socket

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        intake = new Intake(ctx.channel().config(), this::onPacket);
        life.accepted(ctx.channel());
        connectTimer = ctx.channel()
                .eventLoop()
                .schedule(
                        () -> close(DisconnectReason.CONNECT_TIMEOUT, ""),
                        limits.connectTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
        counters.connectionOpened();
        ticket = connecting.enter(this);
    }

    /** So many others came that this one, which has not sent its CONNECT, has to go. Any thread. */
    public void crowdOut() {
        eventLoop().execute(() -> {
            if (phase == Phase.AWAITING_CONNECT) {
                counters.refusals().count(Limit.CONNECTING);
                close(DisconnectReason.CROWDED_OUT, "");
            }
        });
    }

    private void onStalled() {
        counters.refusals().count(Limit.STALLED);
        close(
                DisconnectReason.NOT_READING,
                "it read nothing for " + limits.stalled().toSeconds() + " s (" + Limit.STALLED.setting() + ")");
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (keepAlive != null) {
            keepAlive.packetCame();
        }
        intake().take((Packet) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        flushAll();
    }

    /** Comes in the middle of a write or a flush. That is the time to flush, and too early to write on. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            ctx.channel().eventLoop().execute(this::onWritable);
        } else {
            flush();
            if (phase != Phase.CLOSED && !ctx.channel().isWritable()) {
                stallWatch().start();
            }
        }
    }

    private void onWritable() {
        if (context().channel().isWritable()) {
            stopStallWatch();
        }
        resume(Intake.Pause.SOCKET);
        flushAll();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        intake().end(() -> close(DisconnectReason.CONNECTION_LOST, ioFailure));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof ProtocolViolation violation) {
            intake().end(() -> violated(violation));
        } else if (cause instanceof TransportFailure failure) {
            intake().end(() -> close(DisconnectReason.TRANSPORT_FAILED, failure.sentence()));
        } else if (cause instanceof IOException) {
            ioFailure = String.valueOf(cause.getMessage());
            ctx.close(); // channelInactive follows
        } else {
            fail("handling the connection failed", cause);
        }
    }

    // The one switch on the packet type

    private void onPacket(Packet packet) {
        if (watcher != null) {
            watcher.on(PacketListener.Kind.RECEIVED, PacketWords.name(packet), PacketWords.detail(packet));
        }
        switch (phase) {
            case AWAITING_CONNECT -> onFirstPacket(packet);
            case CONNECTED -> onPacketOf(attachment(), packet);
            case CONNECTING, CLOSED -> {}
        }
        if (phase == Phase.CONNECTED && !isWritable()) {
            // Answers would pile up: the Client has to read them first.
            pause(Intake.Pause.SOCKET);
        }
    }

    private void onFirstPacket(Packet packet) {
        if (packet instanceof Packet.Connect connect) {
            phase = Phase.CONNECTING;
            connecting.leave(ticket);
            life.connecting(connect.clientId());
            pause(Intake.Pause.CONNECTING);
            connectFlow.onConnect(this, connect);
        } else if (packet instanceof Packet.UnsupportedProtocol other) {
            refuse(
                    ConnectReturnCode.UNACCEPTABLE_PROTOCOL_VERSION,
                    "protocol level " + other.level() + " is not MQTT 3.1.1 (level 4)");
        } else {
            violated(new ProtocolViolation("MQTT-3.1.0-1", "the first packet is not CONNECT"));
        }
    }

    private void onPacketOf(Attachment attached, Packet packet) {
        if (packet instanceof Packet.Publish publish) {
            attached.inbound().onPublish(publish);
        } else if (packet instanceof Packet.PubAck pubAck) {
            attached.deliveries().onPubAck(pubAck);
        } else if (packet instanceof Packet.PubRec pubRec) {
            attached.deliveries().onPubRec(pubRec);
        } else if (packet instanceof Packet.PubRel pubRel) {
            attached.inbound().onPubRel(pubRel);
        } else if (packet instanceof Packet.PubComp pubComp) {
            attached.deliveries().onPubComp(pubComp);
        } else if (packet instanceof Packet.Subscribe subscribe) {
            attached.subscribing().onSubscribe(subscribe);
        } else if (packet instanceof Packet.Unsubscribe unsubscribe) {
            attached.subscribing().onUnsubscribe(unsubscribe);
        } else if (packet instanceof Packet.PingReq) {
            write(new Packet.PingResp());
        } else if (packet instanceof Packet.Disconnect) {
            close(DisconnectReason.CLIENT_DISCONNECT, "");
        } else {
            // CONNECT again [MQTT-3.1.0-2], or with another protocol level.
            violated(new ProtocolViolation("MQTT-3.1.0-2", "a second CONNECT"));
        }
    }

    private void violated(ProtocolViolation violation) {
        Limit limit = violation.limit();
        if (limit == null) {
            close(DisconnectReason.PROTOCOL_VIOLATION, violation.getMessage() + " [" + violation.statement() + "]");
        } else {
            counters.refusals().count(limit);
            close(DisconnectReason.LIMIT_EXCEEDED, violation.getMessage() + " (" + limit.setting() + ")");
        }
    }

    // From ConnectFlow and the session

    /** Assigns a Client Identifier that is unique to a Client that has none. */
    String name() {
        String assigned = ASSIGNED + UUID.randomUUID();
        life.connecting(assigned);
        return assigned;
    }

    /** The session is there: what ends this connection ends the attachment too. */
    void attach(Attachment attached) {
        attachment = attached;
    }

    /** Answers CONNECT: the Client is in. */
    void accept(boolean sessionPresent, int keepAliveSeconds) {
        phase = Phase.CONNECTED;
        life.connected(System.nanoTime());
        stopConnectTimer();
        startKeepAlive(allowedKeepAlive(keepAliveSeconds));
        write(new Packet.ConnAck(sessionPresent, ConnectReturnCode.ACCEPTED));
    }

    private void startKeepAlive(int seconds) {
        keepAlive = new KeepAlive(
                eventLoop(), intake()::isDeafByItself, () -> close(DisconnectReason.KEEP_ALIVE_TIMEOUT, ""));
        keepAlive.start(seconds);
    }

    private int allowedKeepAlive(int seconds) {
        boolean unlimited = limits.keepAliveMax() == 65_535;
        return seconds == 0 && !unlimited ? limits.keepAliveMax() : Math.min(seconds, limits.keepAliveMax());
    }

    /** Answers CONNECT: not this Client, or not like this [MQTT-3.2.2-5]. */
    void refuse(ConnectReturnCode code, String detail) {
        refuse(code, DisconnectReason.REFUSED, detail);
    }

    void refuse(ConnectReturnCode code, DisconnectReason reason, String detail) {
        counters.connectRefused(code);
        write(new Packet.ConnAck(false, code));
        close(reason, detail);
    }

    /**
     * SUBACK says 0x80 and no more: here is why.
     *
     * @param objections by Topic Filter, one at least
     */
    void subscriptionsRefused(Map<String, String> objections) {
        PacketListener listener = watcher;
        if (listener != null) {
            objections.forEach((filter, objection) ->
                    listener.on(PacketListener.Kind.DECISION, "SUBSCRIBE", "refused " + filter + ": " + objection));
        }
        life.logRefused(objections, counters.refusals());
    }

    /** Answers CONNECT: not now. */
    void unavailable(String reason) {
        refuse(ConnectReturnCode.SERVER_UNAVAILABLE, reason);
    }

    /** Somebody watches the packets; nobody when null. */
    void watchedBy(@Nullable PacketListener listener) {
        watcher = listener;
    }

    boolean isConnecting() {
        return phase == Phase.CONNECTING;
    }

    void pause(Intake.Pause pause) {
        intake().pause(pause);
    }

    /** Goes on with the packets that were read already, then with reading. */
    void resume(Intake.Pause pause) {
        intake().resume(pause);
    }

    /** Queues a packet; {@link #flush} sends it. */
    void write(Packet packet) {
        unflushed = true;
        if (watcher != null) {
            watcher.on(PacketListener.Kind.SENT, PacketWords.name(packet), PacketWords.detail(packet));
        }
        context().write(packet, context().voidPromise());
    }

    void flush() {
        if (unflushed) {
            unflushed = false;
            context().flush();
        }
    }

    private void flushAll() {
        if (attachment != null) {
            attachment.flush();
        } else {
            flush();
        }
    }

    /** Whether the socket takes more bytes now. */
    boolean isWritable() {
        return phase == Phase.CONNECTED && context().channel().isWritable();
    }

    /** Bytes that the socket does not take, though they should go out. */
    long stuckBytes() {
        return context().channel().isWritable() ? 0 : stallWatch().waitingBytes();
    }

    /** An error of ours: it ends this connection and no other. */
    void fail(String what, Throwable cause) {
        LOG.error("{} ({})", what, life.describe(), cause);
        close(DisconnectReason.INTERNAL_ERROR, Failures.sentence(cause));
    }

    /**
     * Ends the connection. Everything that follows from its end (Will, events, session) has happened or is on its way
     * when this returns. Does nothing the second time.
     *
     * @param detail what the reason alone does not say, or empty
     */
    void close(DisconnectReason reason, String detail) {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        if (watcher != null) {
            watcher.on(
                    PacketListener.Kind.DECISION,
                    "DISCONNECT",
                    detail.isEmpty() ? reason.text() : reason.text() + ": " + detail);
        }
        intake().close();
        connecting.leave(ticket);
        stopStallWatch();
        stopConnectTimer();
        stopKeepAlive();
        Attachment attached = attachment;
        attachment = null;
        try {
            if (attached != null) {
                attached.end(reason);
            }
        } finally {
            flush();
            context().close();
            counters.connectionClosed(reason);
            life.log(reason, detail, counters.refusals());
        }
    }

    private void stopConnectTimer() {
        if (connectTimer != null) {
            connectTimer.cancel(false);
        }
    }

    private void stopKeepAlive() {
        if (keepAlive != null) {
            keepAlive.stop();
        }
    }

    private void stopStallWatch() {
        if (stallWatch != null) {
            stallWatch.stop();
        }
    }

    // What others ask

    EventLoop eventLoop() {
        return context().channel().eventLoop();
    }

    /** The common name of the certificate that the Client showed, or null. */
    @Nullable
    String certificateName() {
        SslHandler tls = context().pipeline().get(SslHandler.class);
        return tls == null ? null : CertificateNames.commonName(tls.engine().getSession());
    }

    /** 32 hex digits, this connection's alone. */
    String channelId() {
        return life.channelId();
    }

    /** The Client's address and port. */
    String remoteAddress() {
        return life.remoteAddress();
    }

    private ChannelHandlerContext context() {
        return require(context, NO_PIPELINE);
    }

    private Intake intake() {
        return require(intake, NO_PIPELINE);
    }

    /** Few connections ever need one. */
    private StallWatch stallWatch() {
        if (stallWatch == null) {
            stallWatch = new StallWatch(context().channel(), limits.stalled(), this::onStalled);
        }
        return stallWatch;
    }

    private Attachment attachment() {
        return require(attachment, "connected without a session");
    }

    private static <T> T require(@Nullable T part, String orElse) {
        if (part == null) {
            throw new IllegalStateException(orElse);
        }
        return part;
    }
}
