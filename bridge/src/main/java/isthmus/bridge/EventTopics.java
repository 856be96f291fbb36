package isthmus.bridge;

import org.jspecify.annotations.Nullable;

/**
 * The topics of client events: one per group, {@code <GroupID>_MQTT}. They carry no messages of devices and are never
 * parent topics. Pure functions; any thread.
 */
public final class EventTopics {
    private static final String GROUP_PREFIX = "GID_";
    private static final String SUFFIX = "_MQTT";
    private static final String GROUP_END = "@@@";

    private EventTopics() {}

    /** The topic on which server applications learn of the clients of a group. */
    public static String of(String groupId) {
        return groupId + SUFFIX;
    }

    /** Whether a topic is one that carries client events. */
    public static boolean isEventTopic(String topic) {
        return topic.startsWith(GROUP_PREFIX)
                && topic.endsWith(SUFFIX)
                && topic.length() > GROUP_PREFIX.length() + SUFFIX.length();
    }

    /** The group of {@code GroupID@@@DeviceID}; null when the Client Identifier has another form. */
    static @Nullable String groupOf(String clientId) {
        int end = clientId.indexOf(GROUP_END);
        return end <= 0 ? null : clientId.substring(0, end);
    }
}
