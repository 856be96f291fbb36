package isthmus.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import isthmus.bridge.BridgeCounter;
import isthmus.gateway.Administration;
import isthmus.gateway.admin.Traffic;
import isthmus.gateway.codec.ConnectReturnCode;
import isthmus.gateway.limits.Limit;
import isthmus.gateway.session.DisconnectReason;
import isthmus.gateway.session.GatewayCounters;
import isthmus.gateway.spi.QoS;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The metrics as Prometheus reads them. Nothing is registered before somebody asks, so that a start costs nothing; nothing
 * is counted here: the parts count for themselves. Asked on the workers of the management interface.
 */
public final class Metrics {
    /** The media type of {@link #scrape}. */
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Sources sources;
    // guarded by this
    private @Nullable PrometheusMeterRegistry registry;
    private @Nullable MultiGauge consumers;

    public Metrics(Sources sources) {
        this.sources = sources;
    }

    /** All figures now, in Prometheus' text format. */
    public synchronized String scrape() {
        if (registry == null || consumers == null) {
            registry = open();
            consumers = MultiGauge.builder("isthmus.consumer.backlog")
                    .description("Messages that a consumer group has yet to consume.")
                    .register(registry);
        }
        consumers.register(
                sources.groups().list().stream()
                        .map(group -> MultiGauge.Row.of(Tags.of("group", group.group()), group.backlog()))
                        .toList(),
                true);
        return registry.scrape();
    }

    private PrometheusMeterRegistry open() {
        PrometheusMeterRegistry opened = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        GatewayCounters counters = sources.gateway().counters();
        addUse(opened);
        addTraffic(opened, "in", counters.received());
        addTraffic(opened, "out", counters.sent());
        addMessages(opened, counters);
        addRefusals(opened, counters);
        addLog(opened);
        opened.getPrometheusRegistry()
                .register(new LatencyCollector(
                        "isthmus_append_latency_seconds",
                        "From handing a message to the log until it is stored; a sample.",
                        counters.appendLatency()));
        opened.getPrometheusRegistry()
                .register(new LatencyCollector(
                        "isthmus_delivery_latency_seconds",
                        "From the feed's handing a message over until the client's session sends it; a sample.",
                        counters.deliveryLatency()));
        addJvm(opened);
        return opened;
    }

    private void addUse(PrometheusMeterRegistry to) {
        Administration gateway = sources.gateway();
        gauge(to, "isthmus.connections", "Network connections that are open.", gateway::connections);
        gauge(to, "isthmus.connections.limit", "Network connections that may be open.", gateway::mostConnections);
        gauge(to, "isthmus.stored.sessions", "Stored sessions.", () -> gateway.capacity()
                .storedSessions()
                .taken());
        gauge(to, "isthmus.subscriptions", "Subscriptions of all clients.", () -> gateway.capacity()
                .subscriptions()
                .taken());
        gauge(to, "isthmus.retained.messages", "Retained messages.", gateway::retainedMessages);
        gauge(
                to,
                "isthmus.waiting.bytes",
                "Memory for messages that slow clients do not take.",
                () -> gateway.capacity().waiting().total());
        gauge(
                to,
                "isthmus.in.flight",
                "Messages sent to clients and not acknowledged.",
                () -> outstanding(gateway, true));
        gauge(
                to,
                "isthmus.backlog",
                "Messages in memory that clients have not been sent yet.",
                () -> outstanding(gateway, false));
        int[] number = {0};
        gateway.loopLags().forEach(lag -> {
            int loop = number[0]++;
            Gauge.builder("isthmus.event.loop.lag.seconds", gateway, any -> any.loopLags()
                            .get(loop))
                    .description("How late the event loop was, the worst of the last 15 seconds.")
                    .tag("loop", Integer.toString(loop))
                    .strongReference(true)
                    .register(to);
        });
    }

    private static long outstanding(Administration gateway, boolean inFlight) {
        long[] sum = {0};
        gateway.clients().forEach(client -> sum[0] += inFlight ? client.inFlight() : client.waiting());
        return sum[0];
    }

    private static void addTraffic(PrometheusMeterRegistry to, String direction, Traffic traffic) {
        for (QoS qos : QoS.values()) {
            String level = Integer.toString(qos.level());
            FunctionCounter.builder("isthmus.messages", traffic, any -> any.messages(qos))
                    .description("PUBLISH packets from clients (in) and to clients (out).")
                    .tags("direction", direction, "qos", level)
                    .register(to);
            FunctionCounter.builder("isthmus.message.bytes", traffic, any -> any.bytes(qos))
                    .description("Their payloads.")
                    .tags("direction", direction, "qos", level)
                    .register(to);
        }
    }

    private static void addMessages(PrometheusMeterRegistry to, GatewayCounters counters) {
        FunctionCounter.builder("isthmus.acknowledgements", counters, GatewayCounters::acknowledgementsReceived)
                .description("Messages that clients have acknowledged (in), and that the log has (out).")
                .tag("direction", "in")
                .register(to);
        FunctionCounter.builder("isthmus.acknowledgements", counters, GatewayCounters::acknowledgementsSent)
                .description("Messages that clients have acknowledged (in), and that the log has (out).")
                .tag("direction", "out")
                .register(to);
        FunctionCounter.builder("isthmus.messages.dropped", counters, GatewayCounters::qos0MessagesDropped)
                .description("Messages that were not sent.")
                .tag("reason", "qos0_slow_client")
                .register(to);
        FunctionCounter.builder("isthmus.wills.failed", counters, GatewayCounters::willsFailed)
                .description("Wills that the log did not store.")
                .register(to);
    }

    private static void addRefusals(PrometheusMeterRegistry to, GatewayCounters counters) {
        for (Limit limit : Limit.values()) {
            FunctionCounter.builder(
                            "isthmus.refusals", counters, any -> any.refusals().of(limit))
                    .description("What was refused because a limit was reached.")
                    .tag("limit", limit.name().toLowerCase(Locale.ROOT))
                    .register(to);
        }
        for (ConnectReturnCode code : ConnectReturnCode.values()) {
            if (code != ConnectReturnCode.ACCEPTED) {
                FunctionCounter.builder("isthmus.connects.refused", counters, any -> any.refusedConnects(code))
                        .description("CONNECT packets that were not accepted, by return code.")
                        .tag("code", code.name().toLowerCase(Locale.ROOT))
                        .register(to);
            }
        }
        for (DisconnectReason reason : DisconnectReason.values()) {
            FunctionCounter.builder("isthmus.disconnects", counters, any -> any.disconnects(reason))
                    .description("Why connections ended.")
                    .tag("reason", reason.word())
                    .register(to);
        }
    }

    private void addLog(PrometheusMeterRegistry to) {
        gauge(to, "isthmus.feed.lag.bytes", "Bytes of the log that clients have not been told of.", sources::feedLag);
        gauge(
                to,
                "isthmus.log.bytes",
                "Bytes of the log that retention has left.",
                () -> sources.queue().endPosition() - sources.queue().firstPosition());
        gauge(to, "isthmus.disk.free.bytes", "Free on the disk of the data directory.", () -> sources.data()
                .toFile()
                .getUsableSpace());
        gauge(to, "isthmus.disk.bytes", "The size of the disk of the data directory.", () -> sources.data()
                .toFile()
                .getTotalSpace());
        for (BridgeCounter counter : BridgeCounter.values()) {
            FunctionCounter.builder("isthmus.bridge", sources.bridge(), any -> any.metrics()
                            .value(counter))
                    .description("What crossed the bridge between MQTT and RocketMQ, and what did not.")
                    .tag("event", counter.metric().replace('.', '_'))
                    .register(to);
        }
    }

    private static void addJvm(PrometheusMeterRegistry to) {
        new JvmMemoryMetrics().bindTo(to);
        new JvmThreadMetrics().bindTo(to);
        new ClassLoaderMetrics().bindTo(to);
        new ProcessorMetrics().bindTo(to);
        new FileDescriptorMetrics().bindTo(to);
        new UptimeMetrics().bindTo(to);
        new GarbageCollections().bindTo(to);
    }

    private static void gauge(PrometheusMeterRegistry to, String name, String meaning, DoubleSupplier value) {
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(meaning)
                .strongReference(true)
                .register(to);
    }
}
