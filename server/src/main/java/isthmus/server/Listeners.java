package isthmus.server;

import isthmus.gateway.MqttGateway;
import isthmus.gateway.transport.Listener;
import isthmus.gateway.transport.Listener.Kind;
import isthmus.gateway.transport.ListenerFailure;
import isthmus.server.config.Mqtt;
import isthmus.server.config.Port;

/** Opens the listeners that devices connect to, as configured, and says where they are. */
final class Listeners {
    /** For who starts the server without the right to the ports of the Web. */
    private static final int WS_INSTEAD = 8083;

    private static final int WSS_INSTEAD = 8084;
    private static final int NOTHING_INSTEAD = 0;
    private static final String ALL_ADDRESSES = "0.0.0.0";

    private final Mqtt mqtt;
    private final MqttGateway gateway;
    private final ReadyMessage ready;
    private Port ws = Port.off();
    private Port wss = Port.off();

    Listeners(Mqtt mqtt, MqttGateway gateway, ReadyMessage ready) {
        this.mqtt = mqtt;
        this.gateway = gateway;
        this.ready = ready;
    }

    /**
     * Opens those that are not switched off.
     *
     * @throws StartFailure when a port cannot be had; the message says which and what to do
     */
    void open() {
        open(Kind.TCP, mqtt.tcp().host(), mqtt.tcp().port(), "", NOTHING_INSTEAD);
        open(Kind.TLS, mqtt.tls().host(), mqtt.tls().port(), "", NOTHING_INSTEAD);
        ws = open(Kind.WS, mqtt.ws().host(), mqtt.ws().port(), mqtt.ws().path(), WS_INSTEAD);
        wss = open(Kind.WSS, mqtt.wss().host(), mqtt.wss().port(), mqtt.wss().path(), WSS_INSTEAD);
    }

    /** Where MQTT over WebSocket is, once it is open. */
    Port ws() {
        return ws;
    }

    /** Where MQTT over WebSocket and TLS is, once it is open. */
    Port wss() {
        return wss;
    }

    /** @return the port that was bound, or one that is off */
    private Port open(Kind kind, String host, Port port, String path, int instead) {
        if (port.isOff()) {
            return port;
        }
        int bound = instead == NOTHING_INSTEAD
                ? bind(new Listener(kind, host, port.number(), path))
                : new FallbackPort(kind.setting() + ".port", port, instead)
                        .open(
                                StartFailure.class,
                                notice -> ready.line("Note", notice),
                                number -> bind(new Listener(kind, host, number, path)));
        ready.line(kind.words(), address(kind, host, bound, path));
        return Port.chosen(bound);
    }

    private int bind(Listener listener) {
        try {
            return gateway.open(listener).getPort();
        } catch (ListenerFailure failure) {
            throw new StartFailure(String.valueOf(failure.getMessage()), failure);
        }
    }

    private static String address(Kind kind, String host, int port, String path) {
        String scheme =
                switch (kind) {
                    case TCP -> "tcp";
                    case TLS -> "ssl";
                    case WS -> "ws";
                    case WSS -> "wss";
                };
        boolean everywhere = host.equals(ALL_ADDRESSES);
        return scheme + "://" + (everywhere ? "localhost" : host) + ":" + port + path
                + (everywhere ? "   (and this machine's other addresses)" : "");
    }
}
