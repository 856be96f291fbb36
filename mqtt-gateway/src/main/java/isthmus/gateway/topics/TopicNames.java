package isthmus.gateway.topics;

import org.jspecify.annotations.Nullable;

/** What the levels of a Topic Name mean here: the first is the parent topic, {@code p2p} as the second is special. */
public final class TopicNames {
    static final char SEPARATOR = '/';

    /** The second level of the Topic Names that address one Client. */
    private static final String P2P = "p2p";

    private TopicNames() {}

    /** The first level, which is the parent topic; the whole name when it has one level only. */
    public static String parentOf(String topic) {
        int end = topic.indexOf(SEPARATOR);
        return end < 0 ? topic : topic.substring(0, end);
    }

    /**
     * The Client Identifier that {@code <parent>/p2p/<ClientID>} addresses; null for every other Topic Name. Everything
     * after {@code p2p/} is the identifier, as identifiers may contain slashes.
     */
    public static @Nullable String p2pTarget(String topic) {
        int second = topic.indexOf(SEPARATOR) + 1;
        int third = second + P2P.length();
        boolean addressed = second > 0
                && topic.length() > third + 1
                && topic.charAt(third) == SEPARATOR
                && topic.startsWith(P2P, second);
        return addressed ? topic.substring(third + 1) : null;
    }

    /** The Topic Name that addresses a Client; the inverse of {@link #p2pTarget}. */
    public static String p2p(String parentTopic, String clientId) {
        return parentTopic + SEPARATOR + P2P + SEPARATOR + clientId;
    }

    /** Whether the name begins with {@code $}: no filter that begins with a wildcard matches it (MQTT-4.7.2-1). */
    public static boolean isReserved(String topic) {
        return topic.startsWith("$");
    }

    /** Where the level that begins at {@code start} ends (exclusive). */
    static int levelEnd(String topic, int start) {
        int end = topic.indexOf(SEPARATOR, start);
        return end < 0 ? topic.length() : end;
    }
}
