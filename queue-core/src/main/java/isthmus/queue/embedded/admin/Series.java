package isthmus.queue.embedded.admin;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is counted: messages stored in a topic, or messages of a topic given to a group.
 *
 * @param group null for messages stored
 */
record Series(String topic, @Nullable String group) {
    /** The form in which it is written down. Neither name holds a space. */
    String text() {
        return group == null ? topic : topic + " " + group;
    }

    static Optional<Series> parse(String text) {
        String[] names = text.split(" ", -1);
        return switch (names.length) {
            case 1 -> Optional.of(new Series(names[0], null));
            case 2 -> Optional.of(new Series(names[0], names[1]));
            default -> Optional.empty();
        };
    }
}
