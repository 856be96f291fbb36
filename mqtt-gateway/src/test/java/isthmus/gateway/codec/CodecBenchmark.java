package isthmus.gateway.codec;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What one PUBLISH costs the codec: a hundred that come in one read, and one that goes to many. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
    private final Packet.Publish packet = PublishStream.publish(1);
    private PublishStream stream = new PublishStream(new ChannelInboundHandlerAdapter());

    /** Packets that are decoded end here. */
    @Setup
    public void swallow(Blackhole blackhole) {
        stream = new PublishStream(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                blackhole.consume(message);
            }
        });
    }

    @Benchmark
    @OperationsPerInvocation(PublishStream.PACKETS)
    public void decodePublish() {
        stream.receive();
    }

    @Benchmark
    @OperationsPerInvocation(PublishStream.PACKETS)
    public void encodePublish() {
        stream.send(packet);
    }
}
