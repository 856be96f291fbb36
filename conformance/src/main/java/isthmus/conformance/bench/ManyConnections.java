package isthmus.conformance.bench;

import isthmus.conformance.bench.load.IdleConnections;
import isthmus.conformance.bench.load.Service;
import isthmus.conformance.bench.load.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** How quickly devices can sign on, what one costs that does nothing, and whether many of them slow others down. */
record ManyConnections(Windows windows, long warmUpMessages) implements Measurement {
    static final int CONNECTIONS = 15_000;
    static final int PAIRS = 10;
    private static final long SHORT_WARM_UP_MESSAGES = 50_000;
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final double KIB = 1024.0;

    @Override
    public List<Figure> take(MeasuredServer server) {
        pairs("", server, warmUpMessages);
        List<Figure> figures = new ArrayList<>();
        memory(server, figures);
        Pause.of(SETTLE);
        try (IdleConnections again = open("again: ", server, figures)) {
            figures.addAll(pairs("beside " + again.count() + " idle connections: ", server, SHORT_WARM_UP_MESSAGES));
        }
        Pause.of(SETTLE);
        figures.addAll(pairs("without idle connections: ", server, SHORT_WARM_UP_MESSAGES));
        return figures;
    }

    private static void memory(MeasuredServer server, List<Figure> figures) {
        OptionalLong heap = server.heapAfterCollection();
        long resident = server.residentBytes();
        try (IdleConnections idle = open("the first time: ", server, figures)) {
            Pause.of(SETTLE);
            figures.add(perConnection("resident memory per connection", server.residentBytes() - resident, idle));
            if (heap.isPresent()) {
                long grown = server.heapAfterCollection().orElseThrow() - heap.getAsLong();
                figures.add(perConnection("of it, Java heap in use", grown, idle));
            }
        }
    }

    private static IdleConnections open(String prefix, MeasuredServer server, List<Figure> figures) {
        Duration cpu = server.cpu();
        long began = System.nanoTime();
        IdleConnections idle = IdleConnections.open(server.mqtt(), server.signOn(), CONNECTIONS);
        double seconds = (System.nanoTime() - began) / 1e9;
        double micros = server.cpu().minus(cpu).toNanos() / 1e3;
        figures.add(Figure.once(prefix + "signed on", "connections/s", CONNECTIONS / seconds));
        figures.add(Figure.once(prefix + "server CPU per connection", "µs", micros / CONNECTIONS));
        return idle;
    }

    private List<Figure> pairs(String prefix, MeasuredServer server, long warmUp) {
        return LoadRun.of(server, Traffic.fullSpeed(PAIRS, Service.QOS_1), warmUp, windows)
                .figures(prefix);
    }

    private static Figure perConnection(String name, long bytes, IdleConnections idle) {
        return Figure.once(name, "KiB", bytes / KIB / idle.count());
    }
}
