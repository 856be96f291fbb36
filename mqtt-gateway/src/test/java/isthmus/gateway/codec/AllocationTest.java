package isthmus.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Allocation is the cost that can be measured exactly, on a busy machine too. */
class AllocationTest {
    private static final int ROUNDS = 100;
    /** A topic of 28 and a payload of 100 bytes, with the packet that holds them, take about 290. */
    private static final long MOST_BYTES_PER_PACKET = 400;

    @Test
    void aPublishThatIsDecodedAndEncodedAllocatesLittleMoreThanItself() {
        PublishStream stream = new PublishStream(new Echo());
        long few = allocatedIn(stream, ROUNDS);
        long many = allocatedIn(stream, 3 * ROUNDS);

        assertThat(few / ROUNDS / PublishStream.PACKETS).as("bytes of a packet").isBetween(100L, MOST_BYTES_PER_PACKET);
        // A class may be loaded, or a method compiled anew, in the middle: a hundredth.
        assertThat(many).as("bytes of three times as many").isLessThanOrEqualTo(3 * few * 101 / 100);
    }

    private static long allocatedIn(PublishStream stream, int rounds) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        stream.receive();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < rounds; i++) {
            stream.receive();
        }
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    /** Sends every packet back. */
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof Packet.Publish) {
                ctx.write(message, ctx.voidPromise());
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }
    }
}
