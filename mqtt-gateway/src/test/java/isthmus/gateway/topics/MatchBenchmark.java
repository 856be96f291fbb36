package isthmus.gateway.topics;

import isthmus.gateway.spi.QoS;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a match costs among few and among a million distinct filters, of which each has a subscriber. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MatchBenchmark {
    /** So far apart that topics one after the other share no cache line: a prime. */
    private static final int STEP = 7919;

    private static final int DEVICES_PER_ROOM = 100;

    @Param({"1000", "1000000"})
    private int filters;

    private final SubscriptionTree<Integer> tree = new SubscriptionTree<>();
    private final Matches<Integer> matches = new Matches<>();
    private String[] topics = {};
    private int next;

    /** Every tenth filter has a wildcard. */
    @Setup
    public void subscribe() {
        topics = new String[filters];
        for (int i = 0; i < filters; i++) {
            String room = "Telemetry/room/" + i / DEVICES_PER_ROOM;
            topics[i] = room + "/device/" + i;
            String filter = i % 10 == 0 ? room + "/+/" + i : topics[i];
            tree.subscribe(TopicFilter.of(filter), i, QoS.AT_LEAST_ONCE);
        }
    }

    @Benchmark
    public int match() {
        next = (next + STEP) % filters;
        tree.match(topics[next], matches);
        return matches.size();
    }
}
