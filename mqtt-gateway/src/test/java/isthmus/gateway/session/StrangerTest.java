package isthmus.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import isthmus.gateway.codec.PacketDecoder;
import isthmus.gateway.codec.PacketEncoder;
import isthmus.gateway.codec.PacketLimits;
import isthmus.gateway.codec.PacketReader;
import isthmus.gateway.harness.GatewayFixture;
import isthmus.gateway.limits.Crowd;
import isthmus.gateway.limits.SharedBytes;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What a connection costs that has not sent its CONNECT. A collection of garbage copies all of them while everybody
 * else waits, so that ten thousand are felt.
 */
class StrangerTest {
    private static final int CONNECTIONS = 1000;
    /** With the contexts that Netty makes for the three handlers, but without the channel. */
    private static final long MOST_BYTES = 900;

    private final PacketLimits limits = new PacketLimits(65_536, 65_536, 1024, 128);
    private final PacketReader reader = new PacketReader(limits);
    private final SharedBytes unfinished = new SharedBytes(Long.MAX_VALUE);
    private final SessionLimits sessions = GatewayFixture.limits(10, 10);
    private final GatewayCounters counters = new GatewayCounters();
    private final Crowd<MqttConnection> connecting = new Crowd<>(Integer.MAX_VALUE, MqttConnection::crowdOut);

    @Test
    void aConnectionWithoutAConnectHoldsFewBytes() {
        long without = allocatedBy(() -> new ChannelHandler[0]);
        long with = allocatedBy(() -> new ChannelHandler[] {
            new PacketDecoder(limits, reader, unfinished),
            new PacketEncoder(),
            new MqttConnection(null, sessions, counters, connecting)
        });
        assertThat((with - without) / CONNECTIONS).as("bytes of a connection").isBetween(100L, MOST_BYTES);
    }

    /** The second time, when all classes are there. */
    private static long allocatedBy(Supplier<ChannelHandler[]> handlers) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int round = 0; round < 2; round++) {
            before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < CONNECTIONS; i++) {
                new EmbeddedChannel(handlers.get());
            }
        }
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }
}
