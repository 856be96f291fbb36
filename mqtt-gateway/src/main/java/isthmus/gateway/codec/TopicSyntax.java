package isthmus.gateway.codec;

import io.netty.buffer.ByteBufUtil;
import isthmus.gateway.limits.Limit;
import org.jspecify.annotations.Nullable;

/**
 * What a Topic Name and a Topic Filter may look like (section 4.7), within this Server's bounds. The one place that
 * decides it. Immutable; any thread.
 */
public final class TopicSyntax {
    private static final int QUOTED_LENGTH = 64;

    private final int maxBytes;
    private final int maxLevels;

    /**
     * @param maxBytes longest Topic Name or Filter, in bytes of UTF-8
     * @param maxLevels most levels; {@code a/b} has two
     */
    public TopicSyntax(int maxBytes, int maxLevels) {
        this.maxBytes = maxBytes;
        this.maxLevels = maxLevels;
    }

    /** A sentence that says what is wrong with a Topic Name; null when it is valid. */
    public @Nullable String violationInName(String topic) {
        Fault fault = faultInName(topic);
        return fault == null ? null : fault.sentence();
    }

    /** A sentence that says what is wrong with a Topic Filter; null when it is valid. */
    public @Nullable String violationInFilter(String filter) {
        Fault fault = faultInFilter(filter);
        return fault == null ? null : fault.sentence();
    }

    @Nullable
    Fault faultInName(String topic) {
        Fault fault = faultInEither("Topic Name", topic);
        if (fault != null) {
            return fault;
        }
        // [MQTT-4.7.1-1] "The wildcard characters … MUST NOT be used within a Topic Name."
        for (int i = 0; i < topic.length(); i++) {
            char c = topic.charAt(i);
            if (isWildcard(c)) {
                String what = "has the wildcard '" + c + "', which only a Topic Filter may have";
                return fault("MQTT-4.7.1-1", "Topic Name", topic, what);
            }
        }
        return null;
    }

    @Nullable
    Fault faultInFilter(String filter) {
        Fault fault = faultInEither("Topic Filter", filter);
        if (fault != null) {
            return fault;
        }
        for (int i = 0; i < filter.length(); i++) {
            char c = filter.charAt(i);
            if (!isWildcard(c)) {
                continue;
            }
            boolean last = i == filter.length() - 1;
            boolean beginsLevel = i == 0 || filter.charAt(i - 1) == '/';
            boolean endsLevel = last || filter.charAt(i + 1) == '/';
            // [MQTT-4.7.1-2] "The multi-level wildcard … MUST be the last character specified in the Topic Filter."
            if (c == '#' && !last) {
                return fault("MQTT-4.7.1-2", "Topic Filter", filter, "has '#' before its end");
            }
            // [MQTT-4.7.1-3] "The single-level wildcard … MUST occupy an entire level of the filter."
            if (!beginsLevel || !endsLevel) {
                String statement = c == '#' ? "MQTT-4.7.1-2" : "MQTT-4.7.1-3";
                return fault(statement, "Topic Filter", filter, "has '" + c + "' in a level with other characters");
            }
        }
        return null;
    }

    private @Nullable Fault faultInEither(String noun, String text) {
        // [MQTT-4.7.3-1] "All Topic Names and Topic Filters MUST be at least one character long."
        if (text.isEmpty()) {
            return new Fault("MQTT-4.7.3-1", "the " + noun + " is empty");
        }
        int control = ControlCharacters.firstIn(text);
        if (control >= 0) {
            char c = text.charAt(control);
            // [MQTT-4.7.3-2] "Topic Names and Topic Filters MUST NOT include the null character (Unicode U+0000)."
            String statement = c == 0 ? "MQTT-4.7.3-2" : ProtocolViolation.GENERAL;
            return fault(statement, noun, text, "has the control character " + ControlCharacters.name(c));
        }
        if (hasLoneSurrogate(text)) {
            return fault("MQTT-1.5.3-1", noun, text, "has half of a surrogate pair");
        }
        int bytes = ByteBufUtil.utf8Bytes(text);
        if (bytes > maxBytes) {
            String what = "is " + bytes + " bytes long (this server allows " + maxBytes + ")";
            return fault(Limit.TOPIC_BYTES, noun, text, what);
        }
        int levels = levels(text);
        if (levels > maxLevels) {
            String what = "has " + levels + " levels (this server allows " + maxLevels + ")";
            return fault(Limit.TOPIC_LEVELS, noun, text, what);
        }
        return null;
    }

    private static boolean isWildcard(char c) {
        return c == '+' || c == '#';
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Character.charCount(text.codePointAt(i)) == 1) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static int levels(String text) {
        int levels = 1;
        for (int i = text.indexOf('/'); i >= 0; i = text.indexOf('/', i + 1)) {
            levels++;
        }
        return levels;
    }

    private static Fault fault(String statement, String noun, String text, String what) {
        return new Fault(statement, sentence(noun, text, what));
    }

    private static Fault fault(Limit limit, String noun, String text, String what) {
        return new Fault(ProtocolViolation.LIMIT, sentence(noun, text, what), limit);
    }

    private static String sentence(String noun, String text, String what) {
        return "the " + noun + " '" + printable(text) + "' " + what;
    }

    /** A Topic Name or Topic Filter as a sentence can quote it: its first 64 characters, on one line. */
    public static String printable(String text) {
        String head = text.length() <= QUOTED_LENGTH ? text : text.substring(0, QUOTED_LENGTH) + "…";
        return head.replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", "?");
    }

    /**
     * What is wrong with a topic.
     *
     * @param statement the normative statement that is broken, or {@link ProtocolViolation#LIMIT}
     * @param limit the limit that is exceeded, if it is one
     */
    record Fault(String statement, String sentence, @Nullable Limit limit) {
        Fault(String statement, String sentence) {
            this(statement, sentence, null);
        }
    }
}
