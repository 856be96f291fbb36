package isthmus.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns the text of one value into the type that its key asks for. */
final class ScalarText {
    private ScalarText() {}

    /**
     * The value, or null when the text is not one.
     *
     * @param chosen whether a person wrote it
     */
    static @Nullable Object parse(Setting setting, String text, boolean chosen) {
        Class<?> type = setting.type();
        if (type == int.class) {
            return number(text, setting.key().min(), setting.key().max());
        }
        if (type == Port.class) {
            return port(text, chosen);
        }
        if (type == boolean.class) {
            return List.of("true", "false").contains(text) ? Boolean.valueOf(text) : null;
        }
        if (type == Path.class) {
            return path(text);
        }
        if (type.isEnum()) {
            return word(type, text);
        }
        return text.isBlank() ? null : text;
    }

    /** The words of an enumeration as they stand in a file: {@code off, optional or required}. */
    static String wordsOf(Class<?> type) {
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(constant -> lowerCase(constant.toString()))
                .toList();
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static @Nullable Integer number(String text, int min, int max) {
        try {
            int number = Integer.parseInt(text);
            return number < min || number > max ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** {@code false} is what {@code off} becomes when a YAML tool has rewritten the file. */
    private static @Nullable Port port(String text, boolean chosen) {
        if (List.of("off", "false").contains(lowerCase(text))) {
            return Port.off();
        }
        Integer number = number(text, 0, Port.MAX);
        return number == null ? null : new Port(number, chosen);
    }

    private static @Nullable Path path(String text) {
        try {
            return text.isBlank() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static @Nullable Object word(Class<?> type, String text) {
        // YAML tools write the word "off" as false.
        String word = text.equals("false") ? "off" : text;
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> lowerCase(constant.toString()).equals(word))
                .findFirst()
                .orElse(null);
    }
}
