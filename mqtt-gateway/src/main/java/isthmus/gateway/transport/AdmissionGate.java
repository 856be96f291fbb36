package isthmus.gateway.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import isthmus.gateway.limits.Admission;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the pipeline of a listening socket, before the handler that gives accepted connections to their event loops,
 * and closes at once what may not be. Lives on the event loops of the listeners.
 */
@Sharable
final class AdmissionGate extends ChannelInboundHandlerAdapter {
    private final Admission admission;

    AdmissionGate(Admission admission) {
        this.admission = admission;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Channel accepted = (Channel) message;
        InetAddress address = addressOf(accepted);
        if (admission.admits(address)) {
            accepted.closeFuture().addListener(closed -> admission.left(address));
            ctx.fireChannelRead(accepted);
        } else {
            accepted.unsafe().closeForcibly();
        }
    }

    private static @Nullable InetAddress addressOf(Channel accepted) {
        return accepted.remoteAddress() instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }
}
