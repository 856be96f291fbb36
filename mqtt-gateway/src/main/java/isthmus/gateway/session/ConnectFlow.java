package isthmus.gateway.session;

import isthmus.gateway.admin.PacketListener;
import isthmus.gateway.auth.Identity;
import isthmus.gateway.auth.SignOn;
import isthmus.gateway.codec.ConnectReturnCode;
import isthmus.gateway.codec.Packet;
import isthmus.gateway.codec.Will;
import isthmus.gateway.limits.Capacity;
import isthmus.gateway.limits.Limit;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.topics.TopicNames;
import org.jspecify.annotations.Nullable;

/**
 * From a CONNECT to its session: validate, authenticate, hand over. On the event loop of the connection; the answer comes
 * from the session, or from here if it is no.
 */
public final class ConnectFlow {
    private final SignOn signOn;
    private final Directory directory;
    private final WillRules willRules;
    private final SessionRegistry registry;
    private final SessionLimits limits;
    private final Capacity capacity;
    private final GatewayCounters counters;
    private final Supervision supervision;
    private volatile boolean stopping;

    public ConnectFlow(
            SignOn signOn,
            Directory directory,
            SessionRegistry registry,
            SessionLimits limits,
            Capacity capacity,
            GatewayCounters counters,
            Supervision supervision) {
        this.signOn = signOn;
        this.directory = directory;
        this.willRules = new WillRules(directory);
        this.registry = registry;
        this.limits = limits;
        this.capacity = capacity;
        this.counters = counters;
        this.supervision = supervision;
    }

    /** From now on nobody is let in. Any thread. */
    public void stop() {
        stopping = true;
    }

    void onConnect(MqttConnection connection, Packet.Connect connect) {
        PacketListener watcher = supervision.watcherOf(connect.clientId());
        if (watcher != null) {
            connection.watchedBy(watcher);
            watcher.on(PacketListener.Kind.RECEIVED, PacketWords.name(connect), PacketWords.detail(connect));
        }
        if (stopping) {
            connection.unavailable("the server is stopping");
            return;
        }
        SignOn.Result result = signOn.check(connect, connection.certificateName());
        if (result instanceof SignOn.Result.Refused refused) {
            if (refused.limit() != null) {
                counters.refusals().count(refused.limit());
            }
            connection.refuse(refused.code(), refused.reason());
        } else if (result instanceof SignOn.Result.Accepted accepted) {
            onSignedOn(connection, connect, accepted.identity());
        }
    }

    private void onSignedOn(MqttConnection connection, Packet.Connect connect, Identity identity) {
        String parent = parentToMake(connect);
        if (parent == null) {
            attach(connection, connect, identity);
            return;
        }
        directory
                .makeParentTopic(identity.account(), parent)
                .thenAccept(counters::parentTopicAsked)
                .whenComplete((counted, failure) -> connection.eventLoop().execute(() -> {
                    if (connection.isConnecting()) {
                        attach(connection, connect, identity);
                    }
                }));
    }

    /** The parent topic of a Will that may be published, if it is missing and may come into being. */
    private @Nullable String parentToMake(Packet.Connect connect) {
        Will will = connect.will();
        if (will == null || !directory.makesParentTopics() || supervision.isBanned(connect.clientId())) {
            return null;
        }
        String parent = TopicNames.parentOf(will.topic());
        return directory.hasParentTopic(parent) ? null : parent;
    }

    private void attach(MqttConnection connection, Packet.Connect connect, Identity identity) {
        if (supervision.isBanned(connect.clientId())) {
            connection.refuse(ConnectReturnCode.NOT_AUTHORIZED, DisconnectReason.BANNED, "");
            return;
        }
        Will will = connect.will();
        String objection = will == null ? null : objectionTo(will, identity, connect.clientId());
        if (objection == null && will != null && capacity.wills().isExceeded()) {
            counters.refusals().count(Limit.ALL_WILLS_BYTES);
            connection.unavailable("the wills of all clients exceed " + Limit.ALL_WILLS_BYTES.setting());
        } else if (objection == null) {
            Packet.Connect named = connect.clientId().isEmpty() ? connect.withClientId(connection.name()) : connect;
            registry.attach(new SessionCommand.Attach(connection, named, identity));
        } else {
            connection.refuse(ConnectReturnCode.NOT_AUTHORIZED, objection);
        }
    }

    private @Nullable String objectionTo(Will will, Identity identity, String clientId) {
        if (will.payload().length() > limits.willBytes()) {
            counters.refusals().count(Limit.WILL_BYTES);
            return "the will has " + will.payload().length() + " bytes (" + Limit.WILL_BYTES.setting() + ": "
                    + limits.willBytes() + ")";
        }
        return willRules.objection(will.topic(), identity, clientId);
    }
}
