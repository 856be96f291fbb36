package isthmus.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import isthmus.gateway.codec.ProtocolViolation;
import isthmus.gateway.limits.Limit;
import isthmus.gateway.limits.SharedBytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Netty's decoder hands a frame on when it is complete. Until then its bytes count among those of unfinished packets. Lives
 * on the event loop.
 */
final class BoundedFrameDecoder extends WebSocket13FrameDecoder {
    private final SharedBytes unfinished;
    private SharedBytes.@Nullable Share share;

    BoundedFrameDecoder(WebSocketDecoderConfig config, SharedBytes unfinished) {
        super(config);
        this.unfinished = unfinished;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        share = unfinished.share(() -> ctx.executor().execute(() -> ctx.fireExceptionCaught(outOfMemory())));
    }

    private static ProtocolViolation outOfMemory() {
        return new ProtocolViolation(
                Limit.INCOMING_BYTES,
                "too many WebSocket frames have begun, and the end of this one has been missing the longest");
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        super.decode(ctx, in, out);
        hold(in.isReadable() ? in.capacity() : 0);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        super.handlerRemoved0(ctx);
        hold(0);
    }

    private void hold(long bytes) {
        if (share != null) {
            share.hold(bytes);
        }
    }
}
