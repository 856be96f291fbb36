package isthmus.gateway.transport;

/**
 * An address at which Clients may connect.
 *
 * @param host address or name of an interface; {@code 0.0.0.0} for all
 * @param port 1..65535; 0 for any free one
 * @param path of the WebSocket, such as {@code /mqtt}; empty for the other kinds
 */
public record Listener(Kind kind, String host, int port, String path) {
    public Listener {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(kind.setting() + ".port: " + port + " (expected: 0..65535)");
        }
        if (kind.isWebSocket() != path.startsWith("/")) {
            throw new IllegalArgumentException(kind.setting() + ".path: '" + path + "' (expected: "
                    + (kind.isWebSocket() ? "a path that begins with '/'" : "none") + ")");
        }
    }

    /** A listener that is not a WebSocket. */
    public Listener(Kind kind, String host, int port) {
        this(kind, host, port, "");
    }

    /** What is spoken below MQTT. */
    public enum Kind {
        TCP("MQTT", "mqtt.tcp"),
        TLS("MQTT over TLS", "mqtt.tls"),
        WS("MQTT over WebSocket", "mqtt.ws"),
        WSS("MQTT over WebSocket and TLS", "mqtt.wss");

        private final String words;
        private final String setting;

        Kind(String words, String setting) {
            this.words = words;
            this.setting = setting;
        }

        public boolean isTls() {
            return this == TLS || this == WSS;
        }

        public boolean isWebSocket() {
            return this == WS || this == WSS;
        }

        /** What it is called in a sentence. */
        public String words() {
            return words;
        }

        /** Where the configuration says where it listens, such as {@code mqtt.ws}; its port is {@code mqtt.ws.port}. */
        public String setting() {
            return setting;
        }
    }
}
