package isthmus.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class FairReadsTest {
    @Test
    @SuppressWarnings("deprecation") // as Netty calls it
    void afterOneBufferTheOthersHaveTheirTurnAlthoughItBecameFull() {
        ExtendedHandle handle = (ExtendedHandle) new FairReads(64, 64, 1024).newHandle();
        handle.reset(new EmbeddedChannel().config());
        read(handle, 64);
        assertThat(handle.continueReading()).isFalse();
        assertThat(handle.continueReading(() -> true)).isFalse();
        // This is how Netty's epoll transport sees whether it has to go on by itself.
        assertThat(handle.lastBytesRead()).isNotEqualTo(handle.attemptedBytesRead());
    }

    @Test
    @SuppressWarnings("deprecation")
    void buffersGrowWhenTheyBecomeFull() {
        ExtendedHandle handle = (ExtendedHandle) new FairReads(64, 64, 1024).newHandle();
        for (int i = 0; i < 10; i++) {
            handle.reset(new EmbeddedChannel().config());
            read(handle, handle.guess());
            handle.readComplete();
        }
        assertThat(handle.guess()).isEqualTo(1024);
    }

    private static void read(ExtendedHandle handle, int bytes) {
        ByteBuf buffer = handle.allocate(UnpooledByteBufAllocator.DEFAULT);
        handle.attemptedBytesRead(buffer.writableBytes());
        handle.lastBytesRead(bytes);
        handle.incMessagesRead(1);
        buffer.release();
    }
}
