package isthmus.bridge;

/**
 * The message properties that devices and server applications share. Their names and values are those of the hosted
 * products (Alibaba Cloud "Micro Message Queue for MQTT", documents 112971 and 175701), so that existing server
 * applications work unchanged; they are not ours to rename.
 */
final class WireProperties {
    /**
     * What follows the parent topic: {@code /notice/}. Written verbatim, with its leading slash and, if there is one, its
     * last empty level; read with or without the leading slash, because newer server applications leave it out. Absent:
     * the parent topic alone.
     */
    static final String SECOND_TOPIC = "mqttSecondTopic";

    /** {@code 0}, {@code 1} or {@code 2}. A server application that does not set it means 1. */
    static final String QOS = "qoslevel";

    /**
     * The sender's Clean Session flag, {@code true} or {@code false}; the default is {@code true}. It decides only whether
     * a P2P message waits for an absent target: {@code false} keeps it.
     */
    static final String CLEAN_SESSION = "cleansessionflag";

    /** The full Client Identifier of the device that published. Never read: a server application has none. */
    static final String CLIENT_ID = "clientId";

    /** {@code true} on a message that is to be the retained message of its topic; absent otherwise. */
    static final String RETAIN = "mqttRetain";

    /**
     * The Topic Name that receivers see in place of the one that was matched. Set by server applications, usually for P2P.
     * One product describes it as sub-topic, another uses it as the whole topic: both are read.
     */
    static final String REAL_TOPIC = "mqttRealTopic";

    /**
     * Of a QoS 2 message of a stored session, the Packet Identifier under which it came: for the gateway itself, which finds
     * out from it after a kill what it has received. No server application needs it.
     */
    static final String MESSAGE_ID = "mqttMessageId";

    /**
     * On a client event, the gateway's {@link EventSeal}: for the gateway itself, which finds out from its events after a
     * kill which connections were open. No server application needs it.
     */
    static final String EVENT_SEAL = "mqttEventSeal";

    /** Where the message came from; a hosted product's consumer logged {@code MSG_S=MQTT} on what a device had sent. */
    static final String ORIGIN = "MSG_S";

    /** The {@link #ORIGIN} of everything that devices publish. */
    static final String ORIGIN_MQTT = "MQTT";

    /** The property in which RocketMQ stores the tag of a message. */
    static final String TAG = "TAGS";

    /** The tag with which a server application addresses devices. */
    static final String TAG_FOR_DEVICES = "MQ2MQTT";

    private WireProperties() {}
}
