package isthmus.gateway.codec;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Writes {@link Packet}s as bytes, each into one buffer of its exact size. Lets everything else pass, such as bytes
 * that are encoded already. Stateless: one instance may serve all connections, each on its own event loop.
 */
@Sharable
public final class PacketEncoder extends ChannelOutboundHandlerAdapter {
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the future is the caller's promise
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        Object bytes = message instanceof Packet packet ? PacketWriter.write(packet, ctx.alloc()) : message;
        ctx.write(bytes, promise);
    }
}
