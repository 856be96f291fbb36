package isthmus.gateway.transport;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Reads one buffer of a socket, then lets the other connections of the event loop have their turn. Without this a Client
 * that sends more than is read keeps the loop for seconds: Netty reads sixteen buffers, and goes on with reading as a task
 * up to 64 times, as long as each buffer becomes full.
 *
 * <p>Needs sockets of which the system tells again that there is something to read (level-triggered); see
 * {@link SocketKind}. Its handles live on event loops.
 */
final class FairReads extends AdaptiveRecvByteBufAllocator {
    /**
     * @param first bytes of the first buffer of a connection
     * @param most bytes of the largest
     */
    FairReads(int least, int first, int most) {
        super(least, first, most);
        maxMessagesPerRead(1);
    }

    @Override
    @SuppressWarnings("deprecation") // the method that is to be overridden
    public Handle newHandle() {
        return new OneBuffer((ExtendedHandle) super.newHandle());
    }

    private static final class OneBuffer extends DelegatingHandle implements RecvByteBufAllocator.ExtendedHandle {
        private final ExtendedHandle sizes;

        OneBuffer(ExtendedHandle sizes) {
            super(sizes);
            this.sizes = sizes;
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return sizes.continueReading(maybeMore);
        }

        /** Larger than anything that is read: from a buffer that became full Netty concludes that it has to go on. */
        @Override
        public int attemptedBytesRead() {
            return Integer.MAX_VALUE;
        }
    }
}
