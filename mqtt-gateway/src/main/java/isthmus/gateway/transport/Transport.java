package isthmus.gateway.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import isthmus.gateway.limits.Admission;
import isthmus.gateway.limits.SharedBytes;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners and the event loops that serve their connections.
 *
 * <p>Opened and closed by the thread that starts and stops the server, never by an event loop.
 */
public final class Transport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
    private static final int STOP_SECONDS = 5;
    /** A read begins with this much: most packets of devices are small, and there are many devices. */
    private static final int FIRST_READ_BYTES = 512;

    private static final int LEAST_READ_BYTES = 64;
    /** More would keep the others of the event loop waiting: handling so many small messages takes about a millisecond. */
    private static final int MAX_READ_BYTES = 16 * 1024;

    private static final int PAGE_BYTES = 8 * 1024;
    /** Chunks of 1 MiB, so that a small server stays small. */
    private static final int CHUNK_ORDER = 7;

    private final TransportOptions options;
    private final AdmissionGate gate;
    private final SharedBytes unfinished;
    private final Supplier<? extends ChannelHandler> connectionHandlers;
    private final SocketKind sockets;
    private final EventLoopGroup workers;
    private final ByteBufAllocator allocator;
    private final @Nullable SslContext tls;
    private final List<Open> open = new CopyOnWriteArrayList<>();

    /**
     * @param admission decides about each connection that is accepted
     * @param unfinished what packets may take, all together, whose end has not come
     * @param connectionHandlers makes the handler of a new connection, on its event loop; see {@link Pipeline}
     */
    public Transport(
            TransportOptions options,
            Admission admission,
            SharedBytes unfinished,
            Supplier<? extends ChannelHandler> connectionHandlers) {
        this.options = options;
        this.gate = new AdmissionGate(admission);
        this.unfinished = unfinished;
        this.connectionHandlers = connectionHandlers;
        this.tls = options.tls() == null ? null : options.tls().serverContext();
        this.sockets = SocketKind.best();
        this.workers = sockets.eventLoops(options.eventLoopThreads(), new DefaultThreadFactory("isthmus-io"));
        this.allocator = allocator(options.eventLoopThreads());
    }

    /**
     * Begins to accept connections.
     *
     * @return the address, with the port that was chosen when it was to be any
     */
    public InetSocketAddress open(Listener listener) throws ListenerFailure {
        if (listener.kind().isTls() && tls == null) {
            throw ListenerFailure.withoutCertificate(listener);
        }
        InetSocketAddress address = new InetSocketAddress(listener.host(), listener.port());
        if (address.isUnresolved()) {
            throw ListenerFailure.unknownHost(listener);
        }
        ChannelFuture bound = bootstrap(listener).bind(address).awaitUninterruptibly();
        Throwable cause = bound.cause();
        if (cause != null) {
            throw ListenerFailure.bind(listener, cause);
        }
        Open opened = new Open(listener, bound.channel());
        open.add(opened);
        LOG.debug("listening for {} on {} ({})", listener.kind().words(), opened.address(), sockets);
        return opened.address();
    }

    /** The event loops; each connection stays on one of them. */
    public EventLoopGroup workers() {
        return workers;
    }

    /** Closes the listeners. The connections stay. */
    public void stopAccepting() {
        List<ChannelFuture> closing =
                open.stream().map(opened -> opened.channel().close()).toList();
        closing.forEach(future -> future.awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS));
        open.clear();
    }

    /** Closes the listeners, then all connections and the event loops; takes a few seconds at most. */
    @Override
    public void close() {
        stopAccepting();
        boolean ended =
                workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            LOG.warn("the event loops did not end within {} s", STOP_SECONDS);
        }
    }

    private ServerBootstrap bootstrap(Listener listener) {
        Pipeline pipeline = new Pipeline(
                listener,
                options,
                listener.kind().isTls() ? tls : null,
                this::whereWebSocketIs,
                connectionHandlers,
                unfinished);
        return sockets.bootstrap()
                .group(workers)
                .handler(gate)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, options.backlog())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childOption(
                        ChannelOption.RCVBUF_ALLOCATOR,
                        new FairReads(LEAST_READ_BYTES, FIRST_READ_BYTES, MAX_READ_BYTES))
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(options.lowWaterBytes(), options.highWaterBytes()))
                .childHandler(pipeline);
    }

    /** Direct memory, one arena a thread; an idle connection holds no buffer. */
    private static ByteBufAllocator allocator(int threads) {
        return new PooledByteBufAllocator(
                true,
                1,
                threads,
                PAGE_BYTES,
                CHUNK_ORDER,
                PooledByteBufAllocator.defaultSmallCacheSize(),
                PooledByteBufAllocator.defaultNormalCacheSize(),
                false);
    }

    /** A sentence for those who speak HTTP to a port that is not a WebSocket. */
    private String whereWebSocketIs() {
        String places = open.stream()
                .filter(opened -> opened.listener().kind().isWebSocket())
                .map(opened -> "on port " + opened.address().getPort() + ", path "
                        + opened.listener().path() + (opened.listener().kind().isTls() ? " (with TLS)" : ""))
                .collect(Collectors.joining("; "));
        return places.isEmpty() ? "No WebSocket listener is open." : "MQTT over WebSocket is " + places + ".";
    }

    /** A listener that is open. */
    private record Open(Listener listener, Channel channel) {
        InetSocketAddress address() {
            return (InetSocketAddress) channel.localAddress();
        }
    }
}
