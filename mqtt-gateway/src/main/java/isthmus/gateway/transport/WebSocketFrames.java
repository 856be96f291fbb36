package isthmus.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import isthmus.gateway.codec.ProtocolViolation;

/**
 * Between WebSocket frames and a stream of bytes. [MQTT-6.0.0-2] "A single WebSocket data frame can contain multiple or
 * partial MQTT Control Packets": the payloads of binary frames, whole or in fragments, are simply the next bytes. Each
 * outgoing buffer becomes one binary frame. Lives on the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a frame that cannot be sent has lost its connection
final class WebSocketFrames extends ChannelDuplexHandler {
    private boolean closing;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof BinaryWebSocketFrame || message instanceof ContinuationWebSocketFrame) {
            // Text never begins a fragmented message here, so a continuation is one of bytes.
            ctx.fireChannelRead(((WebSocketFrame) message).content());
        } else if (message instanceof PingWebSocketFrame ping) {
            pong(ctx, ping);
        } else if (message instanceof ByteBuf early) {
            decode(ctx, early);
        } else {
            if (message instanceof TextWebSocketFrame) {
                // [MQTT-6.0.0-1] "If any other type of data frame is received the recipient MUST close …"
                takeLeave(ctx, WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "MQTT needs binary frames, not text");
                ctx.fireExceptionCaught(
                        new ProtocolViolation("MQTT-6.0.0-1", "a WebSocket text frame; MQTT needs binary frames"));
                ctx.close();
            } else if (message instanceof CloseWebSocketFrame) {
                takeLeave(ctx, WebSocketCloseStatus.NORMAL_CLOSURE, "");
                ctx.close();
            }
            ReferenceCountUtil.release(message);
        }
    }

    /**
     * Frames that came in one piece with the request, because the peer did not wait for the answer: the HTTP codec leaves
     * them over, behind the place where the frame decoder is.
     */
    private void decode(ChannelHandlerContext ctx, ByteBuf early) {
        ChannelHandlerContext decoder = ctx.pipeline().context(WebSocket13FrameDecoder.class);
        try {
            ((WebSocket13FrameDecoder) decoder.handler()).channelRead(decoder, early);
        } catch (Exception e) {
            exceptionCaught(ctx, e); // Not by way of the upgrade, which is over.
        }
    }

    /** A frame that breaks RFC 6455, unless the connection has ended for another reason before. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof CorruptedWebSocketFrameException broken)) {
            ctx.fireExceptionCaught(cause);
        } else if (!closing) {
            takeLeave(ctx, broken.closeStatus(), String.valueOf(broken.getMessage()));
            ctx.fireExceptionCaught(new TransportFailure("a broken WebSocket frame: " + broken.getMessage()));
            ctx.close();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ctx.write(message instanceof ByteBuf bytes ? new BinaryWebSocketFrame(bytes) : message, promise);
    }

    /** Says so before it closes: a browser would report an error otherwise. Waits for nothing. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (!closing && ctx.channel().isActive()) {
            takeLeave(ctx, WebSocketCloseStatus.NORMAL_CLOSURE, "");
        }
        ctx.close(promise);
    }

    private void takeLeave(ChannelHandlerContext ctx, WebSocketCloseStatus status, String reason) {
        closing = true;
        ctx.writeAndFlush(new CloseWebSocketFrame(status, reason));
    }

    /** Not to a peer that does not read: what it asks for would pile up. */
    private static void pong(ChannelHandlerContext ctx, PingWebSocketFrame ping) {
        if (ctx.channel().isWritable()) {
            ctx.writeAndFlush(new PongWebSocketFrame(ping.content()));
        } else {
            ping.release();
        }
    }
}
