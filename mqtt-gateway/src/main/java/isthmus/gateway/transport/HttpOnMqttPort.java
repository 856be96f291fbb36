package isthmus.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import isthmus.gateway.codec.ForeignProtocol;
import java.util.function.Supplier;

/**
 * Answers a person who opens the MQTT port in a browser, in the language of the browser. The bytes go on to the decoder
 * all the same, which refuses them as every other wrong beginning. Leaves a connection with its first bytes. One for
 * all connections of a listener; event loops.
 */
@Sharable
final class HttpOnMqttPort extends ChannelInboundHandlerAdapter {
    private final Supplier<String> whereWebSocketIs;

    HttpOnMqttPort(Supplier<String> whereWebSocketIs) {
        this.whereWebSocketIs = whereWebSocketIs;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whether the answer arrives does not matter
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ctx.pipeline().remove(this);
        if (message instanceof ByteBuf bytes && ForeignProtocol.of(bytes) == ForeignProtocol.HTTP) {
            ctx.writeAndFlush(ByteBufUtil.writeUtf8(ctx.alloc(), answer()));
        }
        ctx.fireChannelRead(message);
    }

    private String answer() {
        String sentence = "This port speaks MQTT, not HTTP. " + whereWebSocketIs.get() + "\n";
        return "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
                + ByteBufUtil.utf8Bytes(sentence) + "\r\nConnection: close\r\n\r\n" + sentence;
    }
}
