package isthmus.conformance.bench;

import java.util.List;

/** A scenario that can be measured on every MQTT server: some measurements, in rounds. */
record Comparison(String name, String summary, Rounds rounds, List<Measurement> measurements) implements Scenario {
    @Override
    public List<Figure> run() {
        return measurements.stream()
                .flatMap(measurement -> rounds.take(measurement).stream())
                .toList();
    }
}
