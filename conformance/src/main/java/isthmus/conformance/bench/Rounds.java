package isthmus.conformance.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a measurement several times on each server. The servers take turns, so that what else goes on on the machine meets
 * all of them.
 */
record Rounds(List<Target> targets, int count) {
    List<Figure> take(Measurement measurement) {
        Map<String, List<List<Figure>>> taken = new LinkedHashMap<>();
        for (int round = 0; round < count; round++) {
            for (Target target : targets) {
                String prefix = targets.size() == 1 ? "" : target.name() + ": ";
                try (MeasuredServer server = target.open()) {
                    taken.computeIfAbsent(prefix, each -> new ArrayList<>()).add(measurement.take(server));
                }
            }
        }
        List<Figure> figures = new ArrayList<>();
        taken.forEach((prefix, rounds) -> figures.addAll(Figure.merged(prefix, rounds)));
        return figures;
    }

    @Override
    public String toString() {
        return count + (count == 1 ? " round" : " rounds") + ", each with a new server";
    }
}
