package isthmus.queue.api;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a message, kept in the form in which RocketMQ stores them: {@code name U+0001 value U+0002 …}.
 * Written once when a message is built, and searched without a map when a record is read.
 */
public final class MessageProperties {
    static final char NAME_END = '\u0001';
    static final char VALUE_END = '\u0002';
    /** How many properties a device's message has in the log. */
    private static final int USUAL = 8;

    private static final MessageProperties NONE = new MessageProperties("");

    private final String stored;
    /** Where each name and then its value ends in {@link #stored}; looked for when a property is asked for. */
    private volatile int @Nullable [] ends;

    private MessageProperties(String stored) {
        this.stored = stored;
    }

    public static MessageProperties none() {
        return NONE;
    }

    /** Properties as they stand in a stored record. A missing last terminator is accepted, as RocketMQ does. */
    public static MessageProperties ofStored(String stored) {
        return stored.isEmpty() ? NONE : new MessageProperties(stored);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The value of a property, the first if there are several, or null when it is not there. */
    public @Nullable String get(String name) {
        int[] ends = this.ends;
        if (ends == null) {
            ends = endsIn(stored);
            this.ends = ends;
        }
        int start = 0;
        for (int i = 0; i < ends.length; i += 2) {
            int nameEnd = ends[i];
            if (nameEnd - start == name.length() && stored.startsWith(name, start)) {
                return stored.substring(nameEnd + 1, ends[i + 1]);
            }
            start = ends[i + 1] + 1;
        }
        return null;
    }

    /** One pass, so that eight properties of a record can be asked for without eight. */
    private static int[] endsIn(String stored) {
        int[] ends = new int[2 * USUAL];
        int found = 0;
        int at = 0;
        while (at < stored.length()) {
            int nameEnd = stored.indexOf(NAME_END, at);
            if (nameEnd < 0) {
                break;
            }
            int valueEnd = stored.indexOf(VALUE_END, nameEnd);
            if (valueEnd < 0) {
                valueEnd = stored.length();
            }
            if (found == ends.length) {
                ends = Arrays.copyOf(ends, 2 * found);
            }
            ends[found++] = nameEnd;
            ends[found++] = valueEnd;
            at = valueEnd + 1;
        }
        return found == ends.length ? ends : Arrays.copyOf(ends, found);
    }

    /** The stored form. */
    public String stored() {
        return stored;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageProperties properties && stored.equals(properties.stored);
    }

    @Override
    public int hashCode() {
        return stored.hashCode();
    }

    @Override
    public String toString() {
        return stored.replace(NAME_END, '=').replace(VALUE_END, ' ');
    }

    /** Collects properties in the order in which they are added. A name is added once. */
    public static final class Builder {
        private final StringBuilder stored = new StringBuilder(160);

        private Builder() {}

        /** @throws IllegalArgumentException when name or value holds U+0001 or U+0002, which the stored form reserves */
        public Builder add(String name, String value) {
            requireStorable(name);
            requireStorable(value);
            stored.append(name).append(NAME_END).append(value).append(VALUE_END);
            return this;
        }

        public MessageProperties build() {
            return ofStored(stored.toString());
        }

        private static void requireStorable(String text) {
            if (text.indexOf(NAME_END) >= 0 || text.indexOf(VALUE_END) >= 0) {
                throw new IllegalArgumentException("a message property must not hold U+0001 or U+0002");
            }
        }
    }
}
