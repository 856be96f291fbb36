package isthmus.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Single values: from JSON, from the text of a query parameter or an option, and their bounds. */
public final class Scalars {
    private static final DateTimeFormatter TIME_OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm").withResolverStyle(ResolverStyle.STRICT);

    private Scalars() {}

    /** What values look like, for a message. */
    public static String expected(Shape.Scalar scalar) {
        if (scalar.isNumber()) {
            return "a whole number";
        }
        if (scalar.isFraction()) {
            return "a number";
        }
        if (scalar.isFlag()) {
            return "true or false";
        }
        if (scalar.isInstant()) {
            return "an instant such as 2026-01-31T12:00:00Z";
        }
        if (scalar.isTimeOfDay()) {
            return "a time of day, 00:00 to 23:59";
        }
        return scalar.words().isEmpty() ? "a text" : String.join(", ", scalar.words());
    }

    /** The text of a parameter as JSON; what is no number or truth value stays a text, and is refused as such. */
    public static JsonNode node(Shape.Scalar scalar, String text) {
        try {
            if (scalar.isNumber()) {
                return LongNode.valueOf(Long.parseLong(text));
            }
            if (scalar.isFraction()) {
                return DoubleNode.valueOf(Double.parseDouble(text));
            }
        } catch (NumberFormatException e) {
            return TextNode.valueOf(text);
        }
        boolean flag = scalar.isFlag() && (text.equals("true") || text.equals("false"));
        return flag ? BooleanNode.valueOf(text.equals("true")) : TextNode.valueOf(text);
    }

    /** The value in a text that is known to be right, such as a default. */
    static Object parse(Shape.Scalar scalar, String text) {
        Object value = read(scalar, node(scalar, text));
        if (value == null) {
            throw new IllegalStateException(text + " is not " + expected(scalar));
        }
        return value;
    }

    /** The value, or null when this is none. */
    static @Nullable Object read(Shape.Scalar scalar, JsonNode json) {
        if (scalar.isNumber()) {
            return wholeNumber(scalar.type(), json);
        }
        if (scalar.isFraction()) {
            return json.isNumber() ? json.doubleValue() : null;
        }
        if (scalar.isFlag()) {
            return json.isBoolean() ? json.booleanValue() : null;
        }
        if (!json.isTextual()) {
            return null;
        }
        if (scalar.isInstant()) {
            return instant(json.textValue());
        }
        if (scalar.isTimeOfDay()) {
            return timeOfDay(json.textValue());
        }
        List<String> words = scalar.words();
        if (words.isEmpty()) {
            return json.textValue();
        }
        int place = words.indexOf(json.textValue());
        return place < 0 ? null : scalar.type().getEnumConstants()[place];
    }

    private static @Nullable Object wholeNumber(Class<?> type, JsonNode json) {
        if (type == int.class || type == Integer.class) {
            return json.isIntegralNumber() && json.canConvertToInt() ? json.intValue() : null;
        }
        return json.isIntegralNumber() && json.canConvertToLong() ? json.longValue() : null;
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable LocalTime timeOfDay(String text) {
        try {
            return LocalTime.parse(text, TIME_OF_DAY);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A time of day, to the minute. */
    static String text(LocalTime time) {
        return TIME_OF_DAY.format(time);
    }

    /** Why a value is out of its bounds, or null. */
    static @Nullable String objection(Shape.Member member, Object value) {
        long size;
        String unit;
        if (value instanceof Number number) {
            size = number.longValue();
            unit = "";
        } else if (value instanceof String text) {
            size = text.codePointCount(0, text.length());
            unit = " characters";
        } else if (value instanceof Collection<?> items) {
            size = items.size();
            unit = " items";
        } else if (value instanceof Map<?, ?> entries) {
            size = entries.size();
            unit = " entries";
        } else {
            return null;
        }
        if (size >= member.min() && size <= member.max()) {
            return null;
        }
        return (member.isSecret() ? "out of bounds" : size + unit) + " (expected: " + bounds(member) + unit + ")";
    }

    /** Both bounds as text. */
    public static String bounds(Shape.Member member) {
        if (member.max() == Long.MAX_VALUE) {
            return member.min() + " or more";
        }
        return member.min() == Long.MIN_VALUE ? "at most " + member.max() : member.min() + ".." + member.max();
    }
}
