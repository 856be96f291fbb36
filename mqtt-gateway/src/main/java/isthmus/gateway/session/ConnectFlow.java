package isthmus.gateway.session;

import isthmus.gateway.auth.SignOn;
import isthmus.gateway.codec.ConnectReturnCode;
import isthmus.gateway.codec.Packet;
import isthmus.gateway.codec.Will;
import isthmus.gateway.spi.Account;
import isthmus.gateway.spi.Directory;

/**
 * From a CONNECT to its session: validate, authenticate, hand over. On the event loop of the connection; the answer comes
 * from the session, or from here if it is no.
 */
public final class ConnectFlow {
    private final SignOn signOn;
    private final WillRules willRules;
    private final SessionRegistry registry;
    private final SessionLimits limits;
    private final GatewayCounters counters;
    private volatile boolean stopping;

    public ConnectFlow(
            SignOn signOn,
            Directory directory,
            SessionRegistry registry,
            SessionLimits limits,
            GatewayCounters counters) {
        this.signOn = signOn;
        this.willRules = new WillRules(directory);
        this.registry = registry;
        this.limits = limits;
        this.counters = counters;
    }

    /** From now on nobody is let in. Any thread. */
    public void stop() {
        stopping = true;
    }

    void onConnect(MqttConnection connection, Packet.Connect connect) {
        if (stopping) {
            connection.unavailable("the server is stopping");
            return;
        }
        if (counters.openConnections() > limits.connections()) {
            connection.unavailable("mqtt.limits.connections (" + limits.connections() + ") is reached");
            return;
        }
        SignOn.Result result = signOn.check(connect);
        if (result instanceof SignOn.Result.Refused refused) {
            connection.refuse(refused.code(), refused.reason());
        } else if (result instanceof SignOn.Result.Accepted accepted) {
            onSignedOn(connection, connect, accepted.account());
        }
    }

    private void onSignedOn(MqttConnection connection, Packet.Connect connect, Account account) {
        Will will = connect.will();
        String objection = will == null ? null : willRules.objection(will.topic(), account);
        if (objection == null) {
            Packet.Connect named = connect.clientId().isEmpty() ? connect.withClientId(connection.name()) : connect;
            registry.attach(new SessionCommand.Attach(connection, named, account));
        } else {
            connection.refuse(ConnectReturnCode.NOT_AUTHORIZED, objection);
        }
    }
}
