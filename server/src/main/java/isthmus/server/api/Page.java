package isthmus.server.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list. Operations that answer pages have the parameters {@code limit} and {@code cursor}.
 *
 * @param next the cursor with which the list goes on, opaque to the caller; null at its end
 */
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * The first {@code limit} of these.
     *
     * @param found in order; more than {@code limit} when the list goes on
     * @param key the text by which the list goes on behind an item
     */
    public static <T> Page<T> of(List<T> found, int limit, Function<T, String> key) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        return new Page<>(found.subList(0, limit), cursor(key.apply(found.get(limit - 1))));
    }

    /** Makes a cursor of the key of the last item that was given. */
    public static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The key in a cursor, or the empty text, which is before all others, without one.
     *
     * @throws Problem when it is none of ours
     */
    public static String key(@Nullable String cursor) {
        if (cursor == null) {
            return "";
        }
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw notOurs();
        }
    }

    /**
     * The number in a cursor whose keys are numbers.
     *
     * @param first what stands for no cursor
     * @throws Problem when it is none of ours
     */
    public static long number(@Nullable String cursor, long first) {
        String key = key(cursor);
        try {
            return key.isEmpty() ? first : Long.parseLong(key);
        } catch (NumberFormatException e) {
            throw notOurs();
        }
    }

    private static Problem notOurs() {
        return Problem.invalid("cursor", "not one that a page came with (expected: its field \"next\")");
    }
}
