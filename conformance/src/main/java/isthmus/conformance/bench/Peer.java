package isthmus.conformance.bench;

import isthmus.conformance.bench.load.SignOn;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Another MQTT server that somebody has started on this machine, to be measured side by side with the own one.
 *
 * @param pids its processes
 */
record Peer(String name, InetSocketAddress mqtt, SignOn signOn, List<Long> pids) implements Target {
    @Override
    public MeasuredServer open() {
        return new Running();
    }

    private final class Running implements MeasuredServer {
        @Override
        public InetSocketAddress mqtt() {
            return mqtt;
        }

        @Override
        public SignOn signOn() {
            return signOn;
        }

        @Override
        public Duration cpu() {
            return pids.stream().map(ProcessUsage::cpu).reduce(Duration.ZERO, Duration::plus);
        }

        @Override
        public long residentBytes() {
            return pids.stream()
                    .mapToLong(pid -> ProcessUsage.of(pid).residentBytes())
                    .sum();
        }

        @Override
        public OptionalLong heapAfterCollection() {
            return OptionalLong.empty();
        }

        @Override
        public void close() {
            // Who started it stops it.
        }
    }
}
