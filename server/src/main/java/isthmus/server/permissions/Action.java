package isthmus.server.permissions;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a policy speaks of. */
public enum Action {
    /** To publish, to send. */
    PUB,
    /** To subscribe, to consume. */
    SUB;

    /** What an action in a policy means; null when it means nothing. Their case does not matter. */
    static @Nullable Set<Action> of(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "MQ:PUB" -> EnumSet.of(PUB);
            case "MQ:SUB" -> EnumSet.of(SUB);
            case "MQ:*", "*" -> EnumSet.allOf(Action.class);
            default -> null;
        };
    }
}
