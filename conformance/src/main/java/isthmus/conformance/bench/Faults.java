package isthmus.conformance.bench;

import isthmus.conformance.bench.load.Outcome;
import java.util.List;

/** What must not happen to messages, in numbers. */
final class Faults {
    private Faults() {}

    static List<Figure> of(String prefix, Outcome outcome) {
        String unit = "of " + outcome.sent();
        return List.of(
                Figure.count(prefix + "lost", unit, outcome.lost()),
                Figure.count(prefix + "duplicates", unit, outcome.duplicates()),
                Figure.count(prefix + "out of order", unit, outcome.orderViolations()));
    }
}
