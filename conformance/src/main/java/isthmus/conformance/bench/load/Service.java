package isthmus.conformance.bench.load;

/** How messages travel: the QoS of publisher and subscriber, and whether the subscribers' sessions are stored. */
public enum Service {
    QOS_0("QoS 0", 0, true),
    QOS_1("QoS 1", 1, true),
    QOS_1_STORED("QoS 1, stored sessions", 1, false),
    /** For a {@link BacklogLoad} only. */
    QOS_2_STORED("QoS 2, stored sessions", 2, false);

    private final String text;
    private final int qos;
    private final boolean cleanSession;

    Service(String text, int qos, boolean cleanSession) {
        this.text = text;
        this.qos = qos;
        this.cleanSession = cleanSession;
    }

    int qos() {
        return qos;
    }

    boolean cleanSession() {
        return cleanSession;
    }

    @Override
    public String toString() {
        return text;
    }
}
