package isthmus.conformance.bench;

import java.util.List;
import java.util.Locale;

/** Something that was measured, once or several times. */
record Figure(String name, String unit, List<Double> values) {
    Figure {
        values = values.stream().sorted().toList();
        if (values.isEmpty()) {
            throw new IllegalArgumentException(name + " was not measured");
        }
    }

    static Figure once(String name, String unit, double value) {
        return new Figure(name, unit, List.of(value));
    }

    static Figure count(String name, String unit, long count) {
        return once(name, unit, (double) count);
    }

    /** The middle value; of an even number of values, the lower one of the two in the middle. */
    String median() {
        return text(values.get((values.size() - 1) / 2));
    }

    String lowest() {
        return text(values.get(0));
    }

    String highest() {
        return text(values.get(values.size() - 1));
    }

    private static String text(double value) {
        String format = value == Math.rint(value) || value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
