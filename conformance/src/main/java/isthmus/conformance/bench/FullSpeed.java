package isthmus.conformance.bench;

import isthmus.conformance.bench.load.Traffic;
import java.util.List;

/**
 * How many messages a second a server carries at most, and what each costs it.
 *
 * @param prefix what the figures' names begin with
 */
record FullSpeed(String prefix, Traffic traffic, long warmUpMessages, Windows windows) implements Measurement {
    @Override
    public List<Figure> take(MeasuredServer server) {
        return LoadRun.of(server, traffic, warmUpMessages, windows).figures(prefix);
    }
}
