package isthmus.gateway.topics;

/** Section 4.7 as plainly as it can be said, to compare with. */
public final class NaiveMatcher {
    private NaiveMatcher() {}

    public static boolean matches(String filter, String topic) {
        if (topic.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) {
            return false;
        }
        return matches(filter.split("/", -1), topic.split("/", -1), 0);
    }

    private static boolean matches(String[] filter, String[] topic, int level) {
        if (level == filter.length) {
            return level == topic.length;
        }
        if (filter[level].equals("#")) {
            return true;
        }
        return level < topic.length
                && (filter[level].equals("+") || filter[level].equals(topic[level]))
                && matches(filter, topic, level + 1);
    }
}
