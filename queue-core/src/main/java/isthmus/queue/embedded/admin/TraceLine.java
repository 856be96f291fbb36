package isthmus.queue.embedded.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One line of what a tracing client sends: fields separated by U+0001, lines ended by U+0002. The RocketMQ and the ONS
 * client write the same lines, of different lengths. Anybody who may send can send anything here, so a field that is
 * missing or damaged reads as empty or 0.
 */
record TraceLine(List<String> fields) {
    private static final Pattern FIELD = Pattern.compile("\u0001");
    private static final Pattern LINE = Pattern.compile("\u0002");

    TraceLine {
        fields = List.copyOf(fields);
    }

    static List<TraceLine> parse(String text) {
        List<TraceLine> lines = new ArrayList<>();
        for (String line : LINE.split(text, -1)) {
            lines.add(new TraceLine(List.of(FIELD.split(line, -1))));
        }
        return lines;
    }

    String type() {
        return text(0);
    }

    String text(int field) {
        return field < fields.size() ? fields.get(field) : "";
    }

    boolean isTrue(int field) {
        return text(field).equals("true");
    }

    long number(int field) {
        try {
            return Long.parseLong(text(field));
        } catch (NumberFormatException missingOrDamaged) {
            return 0;
        }
    }
}
