package isthmus.server.permissions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a topic pattern below the parent topic: levels as in a Topic Filter, with variables. Matching allocates
 * nothing but for levels in which a variable is a part of the text.
 *
 * @param failsClosed for what is denied: a device whose identifier cannot be a level is denied all that follows, as it is
 *     allowed nothing
 */
record SubTopics(List<Level> levels, boolean failsClosed) {
    /** Whether a Topic Name matches; {@code start} is where its second level begins, past its end when it has none. */
    boolean matches(String topic, int start, Device device) {
        int at = start;
        for (int i = 0; i < levels.size(); i++) {
            Level level = levels.get(i);
            if (level instanceof Level.AllFurther) {
                return true;
            }
            if (at > topic.length()) {
                return false;
            }
            int end = levelEnd(topic, at);
            if (!(level instanceof Level.AnyOne)) {
                String text = textOf(level, device);
                if (text == null) {
                    return failsClosed;
                }
                if (end - at != text.length() || !topic.startsWith(text, at)) {
                    return false;
                }
            }
            at = end + 1;
        }
        return at > topic.length();
    }

    /** Whether everything that a Topic Filter matches is matched. */
    boolean covers(String filter, int start, Device device) {
        int at = start;
        for (Level level : levels) {
            if (level instanceof Level.AllFurther) {
                return true;
            }
            if (at > filter.length()) {
                return false;
            }
            int end = levelEnd(filter, at);
            String asked = filter.substring(at, end);
            if (asked.equals("#")) {
                return false;
            }
            if (!(level instanceof Level.AnyOne)) {
                String text = textOf(level, device);
                if (text == null) {
                    return failsClosed;
                }
                if (!asked.equals(text)) {
                    return false;
                }
            }
            at = end + 1;
        }
        return at > filter.length();
    }

    private static @Nullable String textOf(Level level, Device device) {
        return level instanceof Level.Literal literal ? literal.text() : ((Level.Template) level).of(device);
    }

    private static int levelEnd(String topic, int start) {
        int end = topic.indexOf('/', start);
        return end < 0 ? topic.length() : end;
    }
}
