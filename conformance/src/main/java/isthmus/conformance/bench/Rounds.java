package isthmus.conformance.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Takes a measurement several times on each server. The servers take turns, so that what else goes on on the machine meets
 * all of them.
 *
 * @param progress is told what each turn has measured: the whole takes minutes
 */
record Rounds(List<Target> targets, int count, Consumer<String> progress) {
    List<Figure> take(Measurement measurement) {
        Map<String, List<List<Figure>>> taken = new LinkedHashMap<>();
        for (int round = 0; round < count; round++) {
            for (Target target : targets) {
                String prefix = targets.size() == 1 ? "" : target.name() + ": ";
                try (MeasuredServer server = target.open()) {
                    List<Figure> figures = measurement.take(server);
                    taken.computeIfAbsent(prefix, each -> new ArrayList<>()).add(figures);
                    progress.accept("%s, round %d: %s".formatted(target.name(), round + 1, inALine(figures)));
                }
            }
        }
        List<Figure> figures = new ArrayList<>();
        taken.forEach((prefix, rounds) -> figures.addAll(Figure.merged(prefix, rounds)));
        return figures;
    }

    private static String inALine(List<Figure> figures) {
        return figures.stream()
                .map(figure -> figure.name() + " " + figure.median() + " " + figure.unit())
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return count + (count == 1 ? " round" : " rounds") + ", each with a new server";
    }
}
