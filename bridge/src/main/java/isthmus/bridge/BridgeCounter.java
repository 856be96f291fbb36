package isthmus.bridge;

/** What the bridge counts. A counter only grows, from the start of the process on. */
public enum BridgeCounter {
    UPLINK_STORED("uplink.stored", "Messages of devices that the log took"),
    UPLINK_FAILED("uplink.failed", "Messages of devices that the log did not take; none of them was acknowledged"),
    DOWNLINK_DELIVERED("downlink.delivered", "Records given to the gateway as messages for devices"),
    DOWNLINK_IGNORED("downlink.ignored", "Records of parent topics that are not for devices (no tag MQ2MQTT)"),
    DOWNLINK_INVALID("downlink.invalid", "Records not delivered because they name no valid Topic Name"),
    DOWNLINK_QOS_UNREADABLE("downlink.qos.unreadable", "Records whose qoslevel was unreadable; delivered with QoS 1"),
    DOWNLINK_GAPS("downlink.gaps", "Stretches of the log that retention removed before they were read"),
    FEED_FAILED("feed.failed", "Whether the feed has stopped because the log is unreadable"),
    EVENTS_STORED("events.stored", "Client events that the log took"),
    EVENTS_RETRIED("events.retried", "Further attempts to store a client event"),
    EVENTS_LOST("events.lost", "Client events given up"),
    EVENTS_FOREIGN("events.foreign", "Records on event topics that this gateway has not written"),
    EVENTS_WITHOUT_TOPIC("events.without.topic", "Client events of groups whose event topic does not exist");

    private final String metric;
    private final String meaning;

    BridgeCounter(String metric, String meaning) {
        this.metric = metric;
        this.meaning = meaning;
    }

    /** Its name in metrics, in lower case with dots. */
    public String metric() {
        return metric;
    }

    /** One line for a person who reads a dashboard. */
    public String meaning() {
        return meaning;
    }
}
