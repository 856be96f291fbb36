package isthmus.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@link Packet}s as bytes. What is written between two flushes is gathered in one buffer, so that a hundred
 * acknowledgements are one write to the socket, one TLS record or one WebSocket frame, and not a hundred. Lets everything
 * else pass, in its order, such as bytes that are encoded already. One instance per connection, on its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the future is the caller's promise, or the void one
public final class PacketEncoder extends ChannelOutboundHandlerAdapter {
    /** A buffer with this much goes on its way, so that the channel knows of it and says when it is too much. */
    private static final int FULL = 16 * 1024;

    private static final int SMALLEST = 64;

    private @Nullable ByteBuf gathered;
    private int lastSize = SMALLEST;

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof Packet packet)) {
            passOn(ctx);
            ctx.write(message, promise);
            return;
        }
        ByteBuf out = gathered;
        if (out == null) {
            // Probably about as much as the last time.
            out = ctx.alloc().ioBuffer(lastSize);
            gathered = out;
        }
        int begin = out.writerIndex();
        try {
            PacketWriter.write(packet, out);
        } catch (RuntimeException unwritable) {
            out.writerIndex(begin);
            throw unwritable;
        }
        if (!promise.isVoid()) {
            gathered = null;
            ctx.write(out, promise);
        } else if (out.readableBytes() >= FULL) {
            passOn(ctx);
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        passOn(ctx);
        ctx.flush();
    }

    private void passOn(ChannelHandlerContext ctx) {
        ByteBuf out = gathered;
        if (out != null) {
            gathered = null;
            lastSize = Math.max(SMALLEST, Math.min(FULL, out.readableBytes()));
            ctx.write(out, ctx.voidPromise());
        }
    }

    /** The connection is over: what nobody flushed goes. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }
}
