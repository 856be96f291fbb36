package isthmus.bridge;

import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.QoS;
import isthmus.queue.api.LogRecord;
import isthmus.queue.api.QueueMessage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the translation of one message costs, up to the log and down from it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MappingBenchmark {
    private final PublishedMessage published = new PublishedMessage(
            "GID_Sensors@@@device-4711",
            true,
            "Telemetry/building/7/room/12",
            Payload.wrap(new byte[100]),
            QoS.AT_LEAST_ONCE,
            false);
    private final LogRecord logged = stored(MessageMapping.toLog(published, null));
    private final MessageMapping mapping = new MessageMapping(true, new NoFindings());

    private final NewTraces traces =
            new NewTraces(10, () -> ThreadLocalRandom.current().nextLong());

    private static LogRecord stored(QueueMessage message) {
        return new LogRecord(7, 300, message.topic(), 0, 0, 0, 0, message.properties(), message.body());
    }

    @Benchmark
    public QueueMessage toLog() {
        return MessageMapping.toLog(published, null);
    }

    @Benchmark
    public QueueMessage toLogWithANewTrace() {
        return MessageMapping.toLog(published, traces.begin());
    }

    @Benchmark
    public LoggedMessage toDevices() {
        return mapping.toDevices(logged);
    }

    private static final class NoFindings implements MappingFindings {
        @Override
        public void notForDevices(LogRecord record) {
            throw new IllegalStateException("not for devices");
        }

        @Override
        public void invalidTopic(LogRecord record, String property) {
            throw new IllegalStateException("not a topic: " + property);
        }

        @Override
        public void unreadableQos(LogRecord record) {
            throw new IllegalStateException("not a QoS");
        }
    }
}
