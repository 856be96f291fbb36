package isthmus.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** What the garbage collector cost. Micrometer's own binder listens to every collection, with a thread; these are read. */
final class GarbageCollections implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            FunctionCounter.builder("jvm.gc.collections", collector, GarbageCollectorMXBean::getCollectionCount)
                    .description("Collections of garbage.")
                    .tag("collector", collector.getName())
                    .register(registry);
            FunctionCounter.builder("jvm.gc.collection.seconds", collector, any -> any.getCollectionTime() / 1000.0)
                    .description("Time that they took.")
                    .tag("collector", collector.getName())
                    .register(registry);
        }
    }
}
