package isthmus.gateway.spi;

/** Quality of Service levels (MQTT 3.1.1, section 4.3). */
public enum QoS {
    AT_MOST_ONCE(0),
    AT_LEAST_ONCE(1),
    EXACTLY_ONCE(2);

    private static final QoS[] LEVELS = {AT_MOST_ONCE, AT_LEAST_ONCE, EXACTLY_ONCE};

    private final int level;

    QoS(int level) {
        this.level = level;
    }

    /** 0, 1 or 2, as on the wire. */
    public int level() {
        return level;
    }

    /** @throws IllegalArgumentException unless 0, 1 or 2 */
    public static QoS of(int level) {
        if (level < 0 || level > 2) {
            throw new IllegalArgumentException("QoS " + level + " (expected: 0, 1 or 2)");
        }
        return LEVELS[level];
    }

    public QoS min(QoS other) {
        return level <= other.level ? this : other;
    }

    public QoS max(QoS other) {
        return level >= other.level ? this : other;
    }
}
