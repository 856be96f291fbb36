package isthmus.server.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.OptionalSslHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import isthmus.server.api.Json;
import isthmus.server.api.Problem;
import java.nio.charset.StandardCharsets;

/**
 * The beginning of a connection to a port with TLS. Who speaks plain HTTP there is told so, in plain HTTP, and nothing that
 * was asked is read. Lives on the event loop of the API.
 */
final class TlsOnly extends OptionalSslHandler {
    private static final String HINT =
            "this port speaks HTTPS (TLS 1.2 or 1.3) only; ask with https:// in place of http://";

    private final Json json;

    TlsOnly(SslContext tls, Json json) {
        super(tls);
        this.json = json;
    }

    @Override
    protected ChannelHandler newNonSslHandler(ChannelHandlerContext ctx) {
        return new Refusal(Response.problem(Problem.of(400, HINT), json));
    }

    /** Answers the first bytes, and lets none through. */
    private static final class Refusal extends ChannelInboundHandlerAdapter {
        private final Response response;
        private boolean answered;

        Refusal(Response response) {
            this.response = response;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // whether the answer arrives does not matter
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
            if (!answered) {
                answered = true;
                ctx.writeAndFlush(answer()).addListener(ChannelFutureListener.CLOSE);
            }
        }

        private ByteBuf answer() {
            StringBuilder head = new StringBuilder("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: ")
                    .append(response.body().length);
            response.headers()
                    .forEach((name, value) ->
                            head.append("\r\n").append(name).append(": ").append(value));
            byte[] bytes = head.append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII);
            return Unpooled.wrappedBuffer(bytes, response.body());
        }
    }
}
