package isthmus.conformance.crash;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record of the log, as a RocketMQ consumer sees it.
 *
 * @param position its physical place: the order of delivery
 */
record LogEntry(long position, String topic, String payload, int qos, boolean retain, boolean keep) {
    static LogEntry of(long position, Map<String, String> properties, String payload) {
        return new LogEntry(
                position,
                Traffic.PARENT + properties.getOrDefault("mqttSecondTopic", ""),
                payload,
                Integer.parseInt(properties.getOrDefault("qoslevel", "1")),
                "true".equals(properties.get("mqttRetain")),
                "false".equals(properties.get("cleansessionflag")));
    }

    String name() {
        return Sent.nameOf(topic, payload);
    }

    /** The only receiver of a P2P message, or null. */
    @Nullable
    String target() {
        String prefix = Traffic.p2p("");
        return topic.startsWith(prefix) ? topic.substring(prefix.length()) : null;
    }

    /** Of the few filters that are used here: a topic, or a topic and {@code #}. */
    boolean matches(String filter) {
        return target() == null
                && (filter.endsWith("/#")
                        ? topic.startsWith(filter.substring(0, filter.length() - 1))
                        : filter.equals(topic));
    }
}
