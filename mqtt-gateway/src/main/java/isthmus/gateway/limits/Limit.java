package isthmus.gateway.limits;

/** The bounds at which something is refused: a closed list, counted and named in the log by their setting. */
public enum Limit {
    CONNECTIONS("connections", "connections"),
    CONNECTIONS_PER_ADDRESS("connectionsPerAddress", "connections"),
    CONNECT_RATE("connectRate", "connections"),
    CONNECT_RATE_PER_ADDRESS("connectRatePerAddress", "connections"),
    CONNECTING("connecting", "connections"),
    STORED_SESSIONS("storedSessions", "CONNECT"),
    CLIENT_ID_BYTES("clientIdBytes", "CONNECT"),
    WILL_BYTES("willBytes", "CONNECT"),
    ALL_WILLS_BYTES("allWillsBytes", "CONNECT"),
    CONNECT_BYTES("clientIdBytes, topicBytes and willBytes", "CONNECT"),
    SUBSCRIPTIONS_PER_CLIENT("subscriptionsPerClient", "subscriptions"),
    SUBSCRIPTIONS("subscriptions", "subscriptions"),
    RETAINED_MESSAGES("retainedMessages", "retained messages"),
    INBOXES("inboxes", "P2P messages to be kept"),
    PARENT_TOPICS("parentTopics", "new parent topics"),
    PACKET_BYTES("maxPacketBytes", "packets"),
    TOPIC_BYTES("topicBytes", "packets"),
    TOPIC_LEVELS("topicLevels", "packets"),
    INCOMING_BYTES("incomingBytes", "packets"),
    WAITING_BYTES("waitingBytes", "clients that did not take their messages"),
    STALLED("stalledSeconds", "clients that did not take their messages");

    private final String setting;
    private final String refused;

    Limit(String setting, String refused) {
        this.setting = setting;
        this.refused = refused;
    }

    /** The key of the configuration. */
    public String setting() {
        return "mqtt.limits." + setting;
    }

    /** What is refused, in the plural. */
    public String refused() {
        return refused;
    }
}
