package isthmus.server.api.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import isthmus.server.api.EventStream;
import isthmus.server.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A live stream over one connection, with a comment now and then so that a reader who is gone is noticed. Any thread. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen as the end of the channel
final class SentEvents implements EventStream {
    private static final long HEARTBEAT_SECONDS = 10;

    private final Channel channel;
    private final Json json;

    SentEvents(ChannelHandlerContext context, Json json) {
        this.channel = context.channel();
        this.json = json;
        var heartbeat = channel.eventLoop()
                .scheduleAtFixedRate(() -> write(": \n\n"), HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> heartbeat.cancel(false));
    }

    @Override
    public boolean send(String event, Record value) {
        if (!channel.isActive() || !channel.isWritable()) {
            return false;
        }
        write("event: " + event + "\ndata: " + json.text(value) + "\n\n");
        return true;
    }

    private void write(String text) {
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public void end() {
        channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void onEnd(Runnable action) {
        channel.closeFuture().addListener(closed -> action.run());
    }
}
