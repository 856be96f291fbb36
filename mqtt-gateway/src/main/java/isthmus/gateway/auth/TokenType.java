package isthmus.gateway.auth;

import org.jspecify.annotations.Nullable;

/** What a Client presents a token for (wire contract 1.9). */
public enum TokenType {
    R,
    W,
    RW;

    boolean reads() {
        return this != W;
    }

    boolean writes() {
        return this != R;
    }

    static @Nullable TokenType of(String text) {
        return switch (text) {
            case "R" -> R;
            case "W" -> W;
            case "RW" -> RW;
            default -> null;
        };
    }
}
