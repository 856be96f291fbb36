package isthmus.queue.api;

import org.jspecify.annotations.Nullable;

/**
 * The properties of a message, kept in the form in which RocketMQ stores them: {@code name U+0001 value U+0002 …}.
 * Written once when a message is built, and searched without a map when a record is read.
 */
public final class MessageProperties {
    static final char NAME_END = '\u0001';
    static final char VALUE_END = '\u0002';
    private static final MessageProperties NONE = new MessageProperties("");

    private final String stored;

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

    /** The value of a property, or null when it is not there. */
    public @Nullable String get(String name) {
        int at = 0;
        while (at < stored.length()) {
            int nameEnd = stored.indexOf(NAME_END, at);
            if (nameEnd < 0) {
                return null;
            }
            int valueEnd = stored.indexOf(VALUE_END, nameEnd);
            if (valueEnd < 0) {
                valueEnd = stored.length();
            }
            if (nameEnd - at == name.length() && stored.startsWith(name, at)) {
                return stored.substring(nameEnd + 1, valueEnd);
            }
            at = valueEnd + 1;
        }
        return null;
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
