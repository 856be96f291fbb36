package isthmus.server.permissions;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One level of a topic pattern, after the first. */
sealed interface Level {
    /** Exactly this text. */
    record Literal(String text) implements Level {}

    /** Any one level. */
    record AnyOne() implements Level {}

    /** This level and all that follow, or none; always the last. */
    record AllFurther() implements Level {}

    /** A text with variables in it. */
    record Template(List<Part> parts) implements Level {
        /** What the level is for a device; null when it cannot be one level, which nothing may be gained by. */
        @Nullable
        String of(Device device) {
            if (parts.size() == 1) {
                return safe(parts.get(0).of(device));
            }
            StringBuilder text = new StringBuilder();
            for (Part part : parts) {
                String value = safe(part.of(device));
                if (value == null) {
                    return null;
                }
                text.append(value);
            }
            return text.toString();
        }

        private static @Nullable String safe(@Nullable String value) {
            boolean oneLevel = value != null
                    && !value.isEmpty()
                    && value.indexOf('/') < 0
                    && value.indexOf('+') < 0
                    && value.indexOf('#') < 0;
            return oneLevel ? value : null;
        }
    }

    /** A piece of a {@link Template}. */
    enum Variable {
        CLIENT_ID("clientId"),
        GROUP_ID("groupId"),
        DEVICE_ID("deviceId");

        private final String text;

        Variable(String name) {
            this.text = "${" + name + "}";
        }
    }

    /** @param text what stands there when it is no variable */
    record Part(@Nullable Variable variable, String text) {
        @Nullable
        String of(Device device) {
            if (variable == null) {
                return text;
            }
            return switch (variable) {
                case CLIENT_ID -> device.clientId();
                case GROUP_ID -> device.groupId();
                case DEVICE_ID -> device.deviceId();
            };
        }
    }

    /** @throws IllegalArgumentException with a sentence that says what is wrong with the level */
    static Level parse(String text, boolean last) {
        if (text.equals("+")) {
            return new AnyOne();
        }
        if (last && (text.equals("#") || text.equals("*"))) {
            return new AllFurther();
        }
        List<Part> parts = parts(text);
        for (Part part : parts) {
            if (part.variable() == null && part.text().matches(".*[+#*$].*")) {
                throw new IllegalArgumentException(
                        "the level \"" + text + "\" (expected: a text, + alone, # alone at the"
                                + " end, or a text with ${clientId}, ${groupId} or ${deviceId})");
            }
        }
        boolean plain = parts.size() <= 1 && (parts.isEmpty() || parts.get(0).variable() == null);
        return plain ? new Literal(text) : new Template(parts);
    }

    private static List<Part> parts(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            Variable variable = variableAt(text, at);
            if (variable != null) {
                parts.add(new Part(variable, ""));
                at += variable.text.length();
            } else {
                int next = text.indexOf("${", at + 1);
                int end = next < 0 ? text.length() : next;
                parts.add(new Part(null, text.substring(at, end)));
                at = end;
            }
        }
        return List.copyOf(parts);
    }

    private static @Nullable Variable variableAt(String text, int at) {
        for (Variable variable : Variable.values()) {
            if (text.startsWith(variable.text, at)) {
                return variable;
            }
        }
        return null;
    }
}
