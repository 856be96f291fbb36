package isthmus.server.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import isthmus.server.api.EventSource;
import isthmus.server.api.Problem;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of somebody who operates the server: one request at a time. Who is not let in has no body read; who is slow
 * in asking or in taking the answer is cut off. Lives on the event loop of the API.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen as the end of the channel
final class ApiConnection extends SimpleChannelInboundHandler<HttpObject> {
    static final int MOST_BODY_BYTES = 2 << 20;
    private static final long SECONDS_TO_ASK = 30;
    /** What clients are told, so that none asks on a connection that is just being closed. */
    private static final String KEEP_ALIVE = "timeout=" + (SECONDS_TO_ASK - 5);

    private static final long SECONDS_TO_TAKE = 60;

    private final Dispatcher dispatcher;
    private final Executor workers;
    private final StreamSlots streams;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Dispatcher.@Nullable Admitted admitted;
    private boolean keepAlive;
    private boolean answering;
    private @Nullable ScheduledFuture<?> deadline;

    ApiConnection(Dispatcher dispatcher, Executor workers, StreamSlots streams) {
        this.dispatcher = dispatcher;
        this.workers = workers;
        this.streams = streams;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        limit(ctx, SECONDS_TO_ASK);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        unlimited();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        if (answering) {
            return; // what comes behind a refused head, or before an answer, is not for us
        }
        if (part.decoderResult().isFailure()) {
            keepAlive = false;
            refuse(
                    ctx,
                    part.decoderResult().cause() instanceof TooLongFrameException
                            ? Problem.of(431, "the path, or the headers together, are too long")
                            : Problem.of(400, "this is not HTTP"));
            return;
        }
        if (part instanceof HttpRequest request) {
            onHead(ctx, request);
        }
        if (part instanceof HttpContent content && !answering) {
            onBody(ctx, content);
        }
    }

    private void onHead(ChannelHandlerContext ctx, HttpRequest request) {
        body.reset();
        limit(ctx, SECONDS_TO_ASK);
        keepAlive = HttpUtil.isKeepAlive(request);
        InetSocketAddress remote = (InetSocketAddress) ctx.channel().remoteAddress();
        RequestHead head = new RequestHead(
                request.method().name(),
                request.uri(),
                request.headers(),
                remote.getAddress().getHostAddress());
        try {
            admitted = dispatcher.admit(head);
        } catch (Problem problem) {
            keepAlive = keepAlive && !HttpUtil.isTransferEncodingChunked(request) && lengthOf(request) == 0;
            refuse(ctx, problem);
            return;
        }
        if (lengthOf(request) > MOST_BODY_BYTES) {
            tooLong(ctx);
        } else if (HttpUtil.is100ContinueExpected(request)) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private static long lengthOf(HttpRequest request) {
        return HttpUtil.getContentLength(request, 0L);
    }

    private void tooLong(ChannelHandlerContext ctx) {
        keepAlive = false;
        refuse(ctx, Problem.of(413, "the body is longer than " + MOST_BODY_BYTES + " bytes"));
    }

    private void onBody(ChannelHandlerContext ctx, HttpContent content) {
        ByteBuf bytes = content.content();
        if (body.size() + bytes.readableBytes() > MOST_BODY_BYTES) {
            tooLong(ctx);
            return;
        }
        byte[] copy = new byte[bytes.readableBytes()];
        bytes.readBytes(copy);
        body.writeBytes(copy);
        Dispatcher.Admitted request = admitted;
        if (content instanceof LastHttpContent && request != null) {
            unlimited();
            carryOut(ctx, request, body.toByteArray());
        }
    }

    private void carryOut(ChannelHandlerContext ctx, Dispatcher.Admitted request, byte[] content) {
        answering = true;
        ctx.channel().config().setAutoRead(false);
        try {
            workers.execute(() -> {
                Response response = dispatcher.answer(request, content);
                ctx.executor().execute(() -> send(ctx, response));
            });
        } catch (RejectedExecutionException e) {
            refuse(ctx, Problem.of(503, "too many requests at once").with("Retry-After", "1"));
        }
    }

    private void refuse(ChannelHandlerContext ctx, Problem problem) {
        answering = true;
        send(ctx, Response.problem(problem, dispatcher.json()));
    }

    private void send(ChannelHandlerContext ctx, Response response) {
        EventSource events = response.events();
        if (events != null) {
            stream(ctx, response, events);
            return;
        }
        boolean bodiless = admitted != null && admitted.head().method().equals("HEAD");
        DefaultFullHttpResponse http = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(response.body()));
        head(http, response);
        if (response.status() != 204) {
            HttpUtil.setContentLength(http, response.body().length);
        }
        HttpUtil.setKeepAlive(http, keepAlive);
        if (keepAlive) {
            http.headers().set("Keep-Alive", KEEP_ALIVE);
        }
        limit(ctx, SECONDS_TO_TAKE);
        ChannelFuture sent = ctx.writeAndFlush(http);
        if (keepAlive) {
            sent.addListener(future -> next(ctx));
        } else {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void next(ChannelHandlerContext ctx) {
        answering = false;
        admitted = null;
        limit(ctx, SECONDS_TO_ASK);
        ctx.channel().config().setAutoRead(true);
    }

    private void stream(ChannelHandlerContext ctx, Response response, EventSource events) {
        if (!streams.tryTake()) {
            refuse(ctx, Problem.of(503, "too many live streams at once").with("Retry-After", "10"));
            return;
        }
        ctx.channel().closeFuture().addListener(closed -> streams.giveBack());
        HttpResponse http = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head(http, response);
        HttpUtil.setTransferEncodingChunked(http, true);
        HttpUtil.setKeepAlive(http, false);
        ctx.writeAndFlush(http);
        ctx.channel().config().setAutoRead(true); // to see the reader leave
        SentEvents sent = new SentEvents(ctx, dispatcher.json());
        workers.execute(() -> events.start(sent));
    }

    private static void head(HttpResponse http, Response response) {
        HttpHeaders headers = http.headers();
        response.headers().forEach(headers::set);
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }

    private void limit(ChannelHandlerContext ctx, long seconds) {
        unlimited();
        deadline = ctx.executor().schedule(() -> ctx.close(), seconds, TimeUnit.SECONDS);
    }

    private void unlimited() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
