package isthmus.bridge;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The two parts of a Topic Name. {@code Telemetry/room/1} is the parent topic {@code Telemetry} and the sub-topic
 * {@code /room/1}: the parent ends before the first slash, the sub-topic keeps that slash, and the one put after the
 * other gives the Topic Name back, whatever empty levels it has. Pure functions; any thread.
 */
final class SubTopic {
    /** Second level of peer-to-peer topics: {@code <parent>/p2p/<ClientID>}. Special as second level only. */
    private static final String P2P = "/p2p/";

    /** A UTF-8 encoded string has two bytes for its length (MQTT 3.1.1, section 1.5.3). */
    private static final int MAX_TOPIC_BYTES = 65_535;

    private static final int MAX_BYTES_PER_CHAR = 3;

    private SubTopic() {}

    static String parentOf(String topic) {
        int slash = topic.indexOf('/');
        return slash < 0 ? topic : topic.substring(0, slash);
    }

    /** With its leading slash; empty for the bare parent topic. */
    static String of(String topic) {
        int slash = topic.indexOf('/');
        return slash < 0 ? "" : topic.substring(slash);
    }

    /** What a server application wrote as sub-topic, in the one form used here: empty, or with a leading slash. */
    static String normalised(@Nullable String written) {
        if (written == null || written.isEmpty()) {
            return "";
        }
        return written.charAt(0) == '/' ? written : '/' + written;
    }

    /** The Client Identifier that a P2P sub-topic names, or null when the sub-topic is an ordinary one. */
    static @Nullable String p2pTarget(String subTopic) {
        if (!subTopic.startsWith(P2P)
                || subTopic.length() == P2P.length()
                || subTopic.indexOf('/', P2P.length()) >= 0) {
            return null;
        }
        return subTopic.substring(P2P.length());
    }

    /** Whether the text may be sent as Topic Name (MQTT-1.5.3-2, MQTT-3.3.2-2, MQTT-4.7.3-1 to MQTT-4.7.3-3). */
    static boolean isTopicName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '#' || c == '+' || c == 0) {
                return false;
            }
        }
        return !text.isEmpty() && fits(text);
    }

    private static boolean fits(String text) {
        return text.length() <= MAX_TOPIC_BYTES / MAX_BYTES_PER_CHAR
                || text.getBytes(StandardCharsets.UTF_8).length <= MAX_TOPIC_BYTES;
    }
}
