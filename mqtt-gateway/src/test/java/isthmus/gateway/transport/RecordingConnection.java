package isthmus.gateway.transport;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import isthmus.gateway.codec.ConnectReturnCode;
import isthmus.gateway.codec.Packet;
import isthmus.gateway.codec.ProtocolViolation;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands for a connection: answers CONNECT and PINGREQ, sends PUBLISH back, and remembers what it saw. */
final class RecordingConnection extends ChannelInboundHandlerAdapter {
    /** What all connections of a test saw. */
    record Seen(
            List<Packet> packets,
            List<ProtocolViolation> violations,
            List<TransportFailure> failures,
            List<Throwable> errors,
            List<SocketAddress> peers,
            List<Object> ended) {
        Seen() {
            this(
                    new CopyOnWriteArrayList<>(),
                    new CopyOnWriteArrayList<>(),
                    new CopyOnWriteArrayList<>(),
                    new CopyOnWriteArrayList<>(),
                    new CopyOnWriteArrayList<>(),
                    new CopyOnWriteArrayList<>());
        }
    }

    private final Seen seen;

    RecordingConnection(Seen seen) {
        this.seen = seen;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Packet packet = (Packet) message;
        seen.packets().add(packet);
        seen.peers().add(ctx.channel().remoteAddress());
        if (packet instanceof Packet.Connect) {
            ctx.writeAndFlush(new Packet.ConnAck(false, ConnectReturnCode.ACCEPTED));
        } else if (packet instanceof Packet.PingReq) {
            ctx.writeAndFlush(new Packet.PingResp());
        } else if (packet instanceof Packet.Publish) {
            ctx.writeAndFlush(packet);
        } else if (packet instanceof Packet.Disconnect) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof ProtocolViolation violation) {
            seen.violations().add(violation);
        } else if (cause instanceof TransportFailure failure) {
            seen.failures().add(failure);
        } else {
            seen.errors().add(cause);
        }
        ctx.close().addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        seen.ended().add(this);
    }
}
