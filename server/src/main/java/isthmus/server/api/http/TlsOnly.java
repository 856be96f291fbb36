package isthmus.server.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.OptionalSslHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import isthmus.server.api.Json;
import isthmus.server.api.Problem;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a connection to a port with TLS. Who speaks plain HTTP there is told so, in plain HTTP, and nothing that
 * was asked is looked at. Who says nothing at all is cut off as soon as who does not end a handshake. Lives on the event
 * loop of the API.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen as the end of the channel
final class TlsOnly extends OptionalSslHandler {
    private static final String HINT =
            "this port speaks HTTPS (TLS 1.2 or 1.3) only; ask with https:// in place of http://";

    /** As long as Netty waits for the end of a handshake. */
    private static final long SECONDS_TO_BEGIN = 10;
    /** For the answer to arrive; a close with bytes unread would take it back. */
    private static final long SECONDS_TO_READ_THE_ANSWER = 2;

    private final Json json;
    private @Nullable ScheduledFuture<?> deadline;

    TlsOnly(SslContext tls, Json json) {
        super(tls);
        this.json = json;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(() -> ctx.close(), SECONDS_TO_BEGIN, TimeUnit.SECONDS);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    protected ChannelHandler newNonSslHandler(ChannelHandlerContext ctx) {
        return new Refusal(Response.problem(Problem.of(400, HINT), json));
    }

    /** Answers the first bytes, and lets none through. Closed by the other side, or a moment later. */
    private static final class Refusal extends ChannelInboundHandlerAdapter {
        private final Response response;
        private boolean answered;

        Refusal(Response response) {
            this.response = response;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
            if (!answered) {
                answered = true;
                ctx.writeAndFlush(answer()).addListener(written -> ((SocketChannel) ctx.channel()).shutdownOutput());
                ctx.executor().schedule(() -> ctx.close(), SECONDS_TO_READ_THE_ANSWER, TimeUnit.SECONDS);
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
