package isthmus.gateway.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection whose first packet has not come in time: section 3.1, "If the Server does not receive a CONNECT
 * Packet within a reasonable amount of time after the Network Connection is established, it SHOULD close the connection."
 * Goes away with the first packet. Lives on the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // channelInactive follows a close
final class ConnectDeadline extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectDeadline.class);

    private final Duration timeout;
    private @Nullable ScheduledFuture<?> timer;

    ConnectDeadline(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> expire(ctx), timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object packet) {
        ctx.pipeline().remove(this);
        ctx.fireChannelRead(packet);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void expire(ChannelHandlerContext ctx) {
        LOG.debug("{} sent no CONNECT within {} ms", ctx.channel().remoteAddress(), timeout.toMillis());
        ctx.close();
    }
}
