package isthmus.conformance.bench;

import isthmus.conformance.bench.load.Outcome;
import java.util.List;

/** What must not happen to messages, in numbers. */
final class Faults {
    private Faults() {}

    static List<Figure> of(String prefix, Outcome outcome) {
        return List.of(
                Figure.count(prefix + "to be delivered", "messages", outcome.sent()),
                Figure.count(prefix + "lost", "messages", outcome.lost()),
                Figure.count(prefix + "duplicates", "messages", outcome.duplicates()),
                Figure.count(prefix + "out of order", "messages", outcome.orderViolations()));
    }
}
