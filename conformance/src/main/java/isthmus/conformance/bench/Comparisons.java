package isthmus.conformance.bench;

import isthmus.conformance.bench.load.Service;
import isthmus.conformance.bench.load.Shape;
import isthmus.conformance.bench.load.Traffic;
import java.util.List;
import java.util.stream.IntStream;

/** The scenarios that can be measured on every MQTT server. */
final class Comparisons {
    private static final int PAIRS = 10;
    private static final int FAN_IN = 100;
    private static final int FAN_OUT = 1000;
    private static final int[] TOPICS = {10, 1_000, 10_000, 100_000};

    private final Rounds rounds;
    private final Windows windows;
    private final long warmUpMessages;

    /** @param warmUpMessages so that the server has compiled its code */
    Comparisons(Rounds rounds, Windows windows, long warmUpMessages) {
        this.rounds = rounds;
        this.windows = windows;
        this.warmUpMessages = warmUpMessages;
    }

    List<Scenario> all() {
        return List.of(latency(), throughput(), fanIn(), fanOut(), topics(), connections());
    }

    private Scenario latency() {
        return scenario(
                "latency",
                "QoS 1, one pair with " + Latency.MESSAGES_PER_SECOND + " messages/s, then " + Latency.PAIRS
                        + " pairs at half of their full speed, from due to delivered",
                List.of(new Latency(windows, warmUpMessages)));
    }

    private Scenario throughput() {
        return scenario(
                "throughput",
                PAIRS + " pairs, 100 bytes, at full speed, with QoS 0, QoS 1, and QoS 1 with stored sessions",
                List.of(Service.QOS_0, Service.QOS_1, Service.QOS_1_STORED).stream()
                        .map(service -> fullSpeed(service + ": ", Traffic.fullSpeed(PAIRS, service)))
                        .toList());
    }

    private Scenario fanIn() {
        return scenario(
                "fan-in",
                FAN_IN + " publishers, one subscriber to all of them, QoS 1",
                List.of(fullSpeed("", Traffic.fullSpeed(Shape.fanIn(FAN_IN), Service.QOS_1))));
    }

    private Scenario fanOut() {
        return scenario(
                "fan-out",
                "one publisher, " + FAN_OUT + " subscribers, with QoS 0 and QoS 1; counted in deliveries",
                List.of(Service.QOS_0, Service.QOS_1).stream()
                        .map(service -> fullSpeed(service + ": ", Traffic.fullSpeed(Shape.fanOut(FAN_OUT), service)))
                        .toList());
    }

    private Scenario topics() {
        return scenario(
                "topics",
                PAIRS + " pairs, QoS 1, with more and more topics, and as many subscriptions",
                IntStream.of(TOPICS)
                        .mapToObj(topics -> fullSpeed(
                                "%,d topics: ".formatted(topics),
                                Traffic.fullSpeed(Shape.pairsWithTopics(PAIRS, topics), Service.QOS_1)))
                        .toList());
    }

    private Scenario connections() {
        return scenario(
                "connections",
                "%,d".formatted(ManyConnections.CONNECTIONS)
                        + " connections: how quickly they sign on, their memory, and " + ManyConnections.PAIRS
                        + " pairs with QoS 1 beside them",
                List.of(new ManyConnections(windows, warmUpMessages)));
    }

    private Measurement fullSpeed(String prefix, Traffic traffic) {
        return new FullSpeed(prefix, traffic, warmUpMessages, windows);
    }

    private Scenario scenario(String name, String summary, List<Measurement> measurements) {
        return new Comparison(
                name, summary + "; " + rounds + ", " + windows.length().toSeconds() + " s", rounds, measurements);
    }
}
