package isthmus.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import isthmus.gateway.topics.TopicFilter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks the topics of a sorted table for a Topic Filter without looking at all of them: for any topic it knows the next
 * one that can match, such as {@code a/c/x} after {@code a/b/y} for the filter {@code a/+/x}. Topics are UTF-8, sorted by
 * bytes. Immutable.
 */
final class TopicSeek {
    private static final byte SLASH = '/';

    private final List<Level> levels;
    private final boolean firstIsWildcard;

    private enum Kind {
        NAME,
        PLUS,
        HASH
    }

    /** One level of the filter. */
    private static final class Level {
        private final Kind kind;
        private final byte[] name;

        Level(String text) {
            this.kind = text.equals("+") ? Kind.PLUS : text.equals("#") ? Kind.HASH : Kind.NAME;
            this.name = text.getBytes(UTF_8);
        }
    }

    TopicSeek(TopicFilter filter) {
        this.levels = filter.levels().stream().map(Level::new).toList();
        this.firstIsWildcard = filter.firstLevelIsWildcard();
    }

    /**
     * Where the topics that match may go on.
     *
     * @return {@code topic} itself when it matches; else a later key before which nothing matches; null when nothing after
     *     it matches
     */
    byte @Nullable [] nextFrom(byte[] topic) {
        if (firstIsWildcard && topic.length > 0 && topic[0] == '$') {
            return new byte[] {'$' + 1}; // MQTT-4.7.2-1
        }
        int start = 0;
        for (int i = 0; i < levels.size(); i++) {
            Level level = levels.get(i);
            if (level.kind == Kind.HASH) {
                return topic;
            }
            if (start > topic.length) {
                return following(topic); // too short; "a/b" is not followed by "a/b/…" only, but also by "a/b!"
            }
            int end = endOfLevel(topic, start);
            if (level.kind == Kind.NAME && !Arrays.equals(topic, start, end, level.name, 0, level.name.length)) {
                return afterOtherName(topic, start, level.name);
            }
            start = end + 1;
        }
        return start > topic.length ? topic : afterAllBelow(topic, start);
    }

    /** The level that begins at {@code start} should have this name: go there if it is still ahead. */
    private static byte @Nullable [] afterOtherName(byte[] topic, int start, byte[] name) {
        byte[] wanted = Arrays.copyOf(topic, start + name.length);
        System.arraycopy(name, 0, wanted, start, name.length);
        if (Arrays.compareUnsigned(wanted, topic) > 0) {
            return wanted;
        }
        byte[] below = Arrays.copyOf(wanted, wanted.length + 1);
        below[wanted.length] = SLASH;
        if (Arrays.compareUnsigned(below, topic) > 0) {
            return below;
        }
        return start == 0 ? null : afterAllBelow(topic, start);
    }

    /** The first key after all that begin like this topic up to {@code start}, where the character before is a slash. */
    private static byte[] afterAllBelow(byte[] topic, int start) {
        byte[] key = Arrays.copyOf(topic, start);
        key[start - 1] = SLASH + 1;
        return key;
    }

    /** The key right after this one. */
    static byte[] following(byte[] topic) {
        return Arrays.copyOf(topic, topic.length + 1);
    }

    private static int endOfLevel(byte[] topic, int start) {
        int end = start;
        while (end < topic.length && topic[end] != SLASH) {
            end++;
        }
        return end;
    }
}
