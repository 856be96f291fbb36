package isthmus.gateway.topics;

import java.util.ArrayList;
import java.util.List;

/**
 * A valid Topic Filter, split into its levels once (MQTT 3.1.1, section 4.7). Two filters are equal when their texts are.
 */
public final class TopicFilter {
    /** Matches exactly one level (section 4.7.1.3). */
    static final String PLUS = "+";

    /** Matches the parent level and any number of further levels; always the last level (section 4.7.1.2). */
    static final String HASH = "#";

    private final String text;
    private final List<String> levels;

    private TopicFilter(String text, List<String> levels) {
        this.text = text;
        this.levels = levels;
    }

    /**
     * The filter with this text. The codec refuses bad filters before they get here.
     *
     * @throws IllegalArgumentException when the text is not a valid filter
     */
    public static TopicFilter of(String text) {
        if (text.isEmpty() || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A Topic Filter is at least one character long and has no U+0000");
        }
        List<String> levels = new ArrayList<>();
        for (int start = 0; start <= text.length(); ) {
            int end = TopicNames.levelEnd(text, start);
            levels.add(level(text, start, end));
            start = end + 1;
        }
        return new TopicFilter(text, List.copyOf(levels));
    }

    /** One level; the wildcards are always the same objects, so that a million filters do not hold a million of them. */
    private static String level(String text, int start, int end) {
        String level = text.substring(start, end);
        if (level.equals(PLUS)) {
            return PLUS;
        }
        if (level.equals(HASH) && end == text.length()) {
            return HASH;
        }
        if (level.contains(PLUS) || level.contains(HASH)) {
            throw new IllegalArgumentException("The Topic Filter " + text
                    + " is not valid (expected: '+' alone in its level, '#' alone in the last level)");
        }
        return level;
    }

    public String text() {
        return text;
    }

    /** At least one; levels may be empty strings. */
    public List<String> levels() {
        return levels;
    }

    /** The parent topic, or a wildcard. */
    public String firstLevel() {
        return levels.get(0);
    }

    public boolean firstLevelIsWildcard() {
        return isWildcard(firstLevel());
    }

    /** Whether it has a wildcard anywhere; without one it matches the Topic Name that it is. */
    public boolean hasWildcard() {
        return levels.contains(PLUS) || endsWithHash();
    }

    public boolean endsWithHash() {
        return levels.get(levels.size() - 1).equals(HASH);
    }

    /** Whether this level of a Topic Filter is a wildcard. */
    public static boolean isWildcard(String level) {
        return level.equals(PLUS) || level.equals(HASH);
    }

    /** Whether this filter matches the Topic Name. */
    public boolean matches(String topic) {
        if (firstLevelIsWildcard() && TopicNames.isReserved(topic)) {
            return false;
        }
        int start = 0;
        for (String level : levels) {
            if (level.equals(HASH)) {
                return true; // also right after the last level: "sport/#" matches "sport"
            }
            if (start > topic.length()) {
                return false;
            }
            int end = TopicNames.levelEnd(topic, start);
            if (!level.equals(PLUS) && !isRegion(topic, start, end, level)) {
                return false;
            }
            start = end + 1;
        }
        return start > topic.length();
    }

    static boolean isRegion(String topic, int start, int end, String level) {
        return end - start == level.length() && topic.startsWith(level, start);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicFilter filter && text.equals(filter.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
