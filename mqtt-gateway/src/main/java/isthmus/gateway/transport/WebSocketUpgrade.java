package isthmus.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import isthmus.gateway.limits.SharedBytes;
import org.jspecify.annotations.Nullable;

/**
 * Takes one HTTP request and makes a WebSocket of it (RFC 6455, section 4.2), or answers with a sentence that says what
 * is missing, and closes. Lives on the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // an answer that cannot be sent has lost its connection
final class WebSocketUpgrade extends SimpleChannelInboundHandler<FullHttpRequest> {
    /** A frame may hold many packets [MQTT-6.0.0-2], and it is held until it is complete. */
    private static final int MIN_FRAME_LIMIT = 64 * 1024;

    private final UpgradeRules rules;
    private final WebSocketDecoderConfig frames;
    private final SharedBytes unfinished;
    private boolean answered;

    WebSocketUpgrade(String path, int maxPacketBytes, SharedBytes unfinished) {
        super(FullHttpRequest.class);
        this.unfinished = unfinished;
        this.rules = new UpgradeRules(path);
        this.frames = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(Math.max(MIN_FRAME_LIMIT, maxPacketBytes))
                .allowExtensions(false)
                .withUTF8Validator(false)
                .closeOnProtocolViolation(false) // WebSocketFrames does, and says so to the connection.
                .build();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (answered || !ctx.channel().isActive()) { // The codec still hands on the half request of one that is gone.
            return;
        }
        answered = true;
        UpgradeRules.Refusal refusal = rules.check(request);
        if (refusal != null) {
            refuse(ctx, refusal);
            return;
        }
        // [MQTT-6.0.0-4] "The WebSocket Sub Protocol name selected and returned by the server MUST be "mqtt"."
        String subprotocol = UpgradeRules.subprotocol(request);
        // The client may offer several (RFC 6455, section 4.2.1, "containing"); Netty's handshake wants this one alone.
        request.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        ctx.pipeline().addAfter(ctx.name(), null, new WebSocketFrames());
        new Handshaker(subprotocol).handshake(ctx, request);
        ctx.pipeline().remove(this);
    }

    /**
     * HTTP that cannot be decoded. A connection that is lost in the middle of a request is lost, which the connection is
     * told by {@code channelInactive} and not once more; anything else is a bug of ours.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException) {
            end(ctx, new TransportFailure(String.valueOf(cause.getMessage())));
        } else if (!(cause instanceof PrematureChannelClosureException)) {
            ctx.fireExceptionCaught(cause);
        }
    }

    /** Netty's, with our decoder. */
    private final class Handshaker extends WebSocketServerHandshaker13 {
        Handshaker(@Nullable String subprotocol) {
            super("", subprotocol, frames);
        }

        @Override
        protected WebSocketFrameDecoder newWebsocketDecoder() {
            return new BoundedFrameDecoder(decoderConfig(), unfinished);
        }
    }

    private static void refuse(ChannelHandlerContext ctx, UpgradeRules.Refusal refusal) {
        ByteBuf body = ByteBufUtil.writeUtf8(ctx.alloc(), refusal.sentence() + "\n");
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, refusal.status(), body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (refusal.status().equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            response.headers()
                    .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                    .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, UpgradeRules.VERSION);
        }
        ctx.writeAndFlush(response).addListener(sent -> end(ctx, new TransportFailure(refusal.sentence())));
    }

    private static void end(ChannelHandlerContext ctx, TransportFailure failure) {
        ctx.fireExceptionCaught(failure);
        ctx.close();
    }
}
