package isthmus.conformance.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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

    /** The same figures from several rounds as one, with the values of all. */
    static List<Figure> merged(String prefix, List<List<Figure>> rounds) {
        Map<String, List<Figure>> byName = rounds.stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(Figure::name, LinkedHashMap::new, Collectors.toList()));
        return byName.values().stream()
                .map(each -> new Figure(
                        prefix + each.get(0).name,
                        each.get(0).unit,
                        each.stream().flatMap(figure -> figure.values.stream()).toList()))
                .toList();
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

    /** How far the values are apart, in percent of the middle one. */
    String spread() {
        double middle = values.get((values.size() - 1) / 2);
        double width = values.get(values.size() - 1) - values.get(0);
        return middle == 0 || values.size() == 1 ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * width / middle);
    }

    private static String text(double value) {
        String format = value == Math.rint(value) || value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
