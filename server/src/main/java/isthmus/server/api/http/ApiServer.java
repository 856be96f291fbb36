package isthmus.server.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import isthmus.server.api.Json;
import isthmus.server.api.Route;
import isthmus.server.api.access.AuditLog;
import isthmus.server.api.access.FailedSignIns;
import isthmus.server.api.access.Tokens;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The management interface, open. One event loop, a few workers that are there only while there is work. */
public final class ApiServer implements AutoCloseable {
    private static final int WORKERS = 4;
    private static final int MOST_WAITING = 64;
    private static final int MOST_CONNECTIONS = 128;
    private static final int MOST_STREAMS = 16;
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int LONGEST_HEADERS = 16 * 1024;
    private static final int CHUNK = 64 * 1024;

    /** Who may use it and what is written down about that. */
    public record Access(Tokens tokens, AuditLog audit, Clock clock) {}

    /**
     * Where it is.
     *
     * @param tls what it is spoken over; null for plain HTTP
     * @param names that a Host header may have beside addresses and localhost
     * @param version of the program
     */
    public record Place(String host, int port, @Nullable SslContext tls, List<String> names, String version) {}

    private final EventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("isthmus-api", true));
    private final ThreadPoolExecutor workers;
    private final AtomicInteger connections = new AtomicInteger();
    private final StreamSlots streams = new StreamSlots(MOST_STREAMS);
    private final Dispatcher dispatcher;
    private final Channel listening;

    private ApiServer(Place place, Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
        this.workers = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                new DefaultThreadFactory("isthmus-api-worker", true));
        workers.allowCoreThreadTimeOut(true);
        try {
            listening = bind(place);
        } catch (RuntimeException e) {
            close(0);
            throw e;
        }
    }

    /**
     * Starts serving.
     *
     * @param plains what is served beside the API
     * @throws RuntimeException when the port cannot be had
     */
    public static ApiServer start(Place place, Access access, List<Route<?, ?, ?>> routes, List<Plain> plains) {
        RouteTable table = new RouteTable(routes);
        Gate gate = new Gate(access.tokens(), new FailedSignIns(System::nanoTime), place.names());
        Map<String, Plain> byPath = plains.stream().collect(Collectors.toMap(Plain::path, Function.identity()));
        Dispatcher dispatcher = new Dispatcher(
                table, byPath, gate, access.audit(), access.clock(), () -> document(table, place.version()));
        return new ApiServer(place, dispatcher);
    }

    private static byte[] document(RouteTable table, String version) {
        ObjectNode document = OpenApi.document(table.routes(), version);
        return new Json().write(document);
    }

    private Channel bind(Place place) {
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, MOST_CONNECTIONS)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        onConnection(channel, place.tls());
                    }
                })
                .bind(place.host(), place.port())
                .syncUninterruptibly()
                .channel();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the channel's end is all that matters
    private void onConnection(SocketChannel channel, @Nullable SslContext tls) {
        if (connections.incrementAndGet() > MOST_CONNECTIONS) {
            connections.decrementAndGet();
            channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> connections.decrementAndGet());
        if (tls != null) {
            channel.pipeline().addLast(new TlsOnly(tls, dispatcher.json()));
        }
        channel.pipeline()
                .addLast(new HttpServerCodec(LONGEST_LINE, LONGEST_HEADERS, CHUNK))
                .addLast(new FlowControlHandler()) // so that one request is handled at a time, whatever is sent ahead
                .addLast(new ApiConnection(dispatcher, workers, streams));
    }

    /** The port it is bound to. */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Answers what is being worked on for a moment, then stops. */
    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        close(1);
    }

    private void close(long seconds) {
        workers.shutdown();
        loop.shutdownGracefully(0, seconds, TimeUnit.SECONDS).awaitUninterruptibly(seconds + 1, TimeUnit.SECONDS);
    }
}
