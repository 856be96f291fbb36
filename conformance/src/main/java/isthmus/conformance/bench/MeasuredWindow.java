package isthmus.conformance.bench;

import isthmus.conformance.bench.load.Window;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the load saw during some time, and what the server used for it. */
record MeasuredWindow(Window window, Duration serverCpu) {
    static Figure delivered(String prefix, List<MeasuredWindow> windows) {
        return figure(prefix + "delivered", "messages/s", windows, each -> each.window.deliveredPerSecond());
    }

    static Figure serverCpu(String prefix, List<MeasuredWindow> windows) {
        return figure(prefix + "server CPU per message", "µs", windows, each -> each.perMessage(each.serverCpu));
    }

    /** What the server used of the processors: 1 is all of one. */
    static Figure serverProcessors(String prefix, List<MeasuredWindow> windows) {
        return figure(
                prefix + "server CPU",
                "processors",
                windows,
                each -> (double) each.serverCpu.toNanos() / each.window.length().toNanos());
    }

    static Figure loadCpu(String prefix, List<MeasuredWindow> windows) {
        return figure(prefix + "load CPU per message", "µs", windows, each -> each.perMessage(each.window.loadCpu()));
    }

    /** How long messages took in each window, at a quantile. */
    static Figure latency(String name, List<MeasuredWindow> windows, double quantile) {
        return figure(name, "ms", windows, each -> each.window.latency().quantile(quantile) / 1e6);
    }

    /** How late messages were sent in each window, at a quantile: the part of the latency that is the load's fault. */
    static Figure lateness(String name, List<MeasuredWindow> windows, double quantile) {
        return figure(name, "ms", windows, each -> each.window.lateness().quantile(quantile) / 1e6);
    }

    private static Figure figure(
            String name, String unit, List<MeasuredWindow> windows, ToDoubleFunction<MeasuredWindow> value) {
        return new Figure(name, unit, windows.stream().map(value::applyAsDouble).toList());
    }

    private double perMessage(Duration cpu) {
        return cpu.toNanos() / 1e3 / Math.max(1, window.delivered());
    }
}
