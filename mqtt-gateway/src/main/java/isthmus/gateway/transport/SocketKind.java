package isthmus.gateway.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollMode;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.concurrent.ThreadFactory;

/** Linux's own epoll where its native library loads, Java's NIO elsewhere. */
enum SocketKind {
    EPOLL(EpollServerSocketChannel.class),
    NIO(NioServerSocketChannel.class);

    private final Class<? extends ServerChannel> serverChannel;

    SocketKind(Class<? extends ServerChannel> serverChannel) {
        this.serverChannel = serverChannel;
    }

    static SocketKind best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    /** For listeners whose connections say again and again that there is something to read, as {@link FairReads} needs. */
    ServerBootstrap bootstrap() {
        ServerBootstrap bootstrap = new ServerBootstrap().channel(serverChannel);
        if (this == EPOLL) {
            bootstrap.childOption(EpollChannelOption.EPOLL_MODE, EpollMode.LEVEL_TRIGGERED);
        }
        return bootstrap;
    }

    EventLoopGroup eventLoops(int threads, ThreadFactory factory) {
        return this == EPOLL ? new EpollEventLoopGroup(threads, factory) : new NioEventLoopGroup(threads, factory);
    }
}
