package isthmus.server.permissions;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The topics that a policy or a token names: a parent topic, in which {@code *} stands for any characters, and all below it;
 * or only some below it, {@code Telemetry/${deviceId}/#}.
 */
public final class TopicPattern {
    private static final Pattern PARENT = Pattern.compile("[A-Za-z0-9_*-]{1,64}");

    private final String text;
    private final Pattern parent;
    private final List<Level> levels;

    private TopicPattern(String text, Pattern parent, List<Level> levels) {
        this.text = text;
        this.parent = parent;
        this.levels = levels;
    }

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    public static TopicPattern parse(String text) {
        String[] parts = text.split("/", -1);
        if (!PARENT.matcher(parts[0]).matches()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" (expected: a parent topic out of A-Z a-z 0-9 _ -, in which * stands for any characters)");
        }
        List<Level> levels = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            levels.add(Level.parse(parts[i], i == parts.length - 1));
        }
        return new TopicPattern(text, Pattern.compile(parts[0].replace("*", ".*")), List.copyOf(levels));
    }

    boolean isIn(String parentTopic) {
        return parent.matcher(parentTopic).matches();
    }

    /** Whether it is for all that is below its parent topics. */
    boolean isWhole() {
        return levels.isEmpty() || levels.get(0) instanceof Level.AllFurther;
    }

    /** Whether it is for all topics. */
    boolean isEverything() {
        return parent.pattern().equals(".*") && isWhole();
    }

    SubTopics subTopics(boolean failsClosed) {
        return new SubTopics(levels, failsClosed);
    }

    /** Whether a Topic Name is one of them. */
    boolean matches(String topic, Device device) {
        int slash = topic.indexOf('/');
        String first = slash < 0 ? topic : topic.substring(0, slash);
        return isIn(first) && (isWhole() || subTopics(false).matches(topic, first.length() + 1, device));
    }

    /** Whether a Topic Filter whose first level is no wildcard matches none but them. */
    boolean covers(String filter, Device device) {
        int slash = filter.indexOf('/');
        String first = slash < 0 ? filter : filter.substring(0, slash);
        return isIn(first) && (isWhole() || subTopics(false).covers(filter, first.length() + 1, device));
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
