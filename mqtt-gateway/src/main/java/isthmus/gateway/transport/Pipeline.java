package isthmus.gateway.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import isthmus.gateway.codec.PacketDecoder;
import isthmus.gateway.codec.PacketEncoder;
import isthmus.gateway.codec.PacketReader;
import isthmus.gateway.limits.SharedBytes;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the socket and the handler of a connection:
 *
 * <pre>
 * TCP:                        HttpOnMqttPort ──────────────────────────┐
 * TLS: SslHandler TlsFailures HttpOnMqttPort ──────────────────────────┤
 * WS:                         HTTP codec, WebSocketUpgrade (*) ────────┤
 * WSS: SslHandler TlsFailures HTTP codec, WebSocketUpgrade (*) ────────┤
 *                                                                      ▼
 *                     PacketDecoder, PacketEncoder, and the connection
 *
 * (*) after the handshake: WebSocketFrames
 * </pre>
 *
 * The connection sees {@link isthmus.gateway.codec.Packet}s, one {@link isthmus.gateway.codec.ProtocolViolation} at
 * most, and {@code channelActive} when the socket is accepted, which is before any handshake. It is the one that closes
 * after a violation. Called on the event loop of the new connection.
 */
final class Pipeline extends ChannelInitializer<Channel> {
    private static final int MAX_REQUEST_LINE_BYTES = 4 * 1024;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_BODY_BYTES = 4 * 1024;

    private final Listener listener;
    private final TransportOptions options;
    private final @Nullable SslContext tls;
    private final HttpOnMqttPort httpOnMqttPort;
    private final PacketReader reader;
    private final Supplier<? extends ChannelHandler> connectionHandlers;
    private final SharedBytes unfinished;

    /** @param tls null for a listener without TLS */
    Pipeline(
            Listener listener,
            TransportOptions options,
            @Nullable SslContext tls,
            Supplier<String> whereWebSocketIs,
            Supplier<? extends ChannelHandler> connectionHandlers,
            SharedBytes unfinished) {
        this.listener = listener;
        this.options = options;
        this.tls = tls;
        this.httpOnMqttPort = new HttpOnMqttPort(whereWebSocketIs);
        this.reader = new PacketReader(options.packets());
        this.connectionHandlers = connectionHandlers;
        this.unfinished = unfinished;
    }

    @Override
    protected void initChannel(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        if (tls != null && options.tls() != null) {
            SslHandler handler = tls.newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(0); // The connection bounds the time until CONNECT, and says so.
            pipeline.addLast(handler, new TlsFailures(options.tls().sessionCheck()));
        }
        if (listener.kind().isWebSocket()) {
            pipeline.addLast(
                    new HttpServerCodec(MAX_REQUEST_LINE_BYTES, MAX_HEADER_BYTES, MAX_BODY_BYTES),
                    new HttpObjectAggregator(MAX_BODY_BYTES, true),
                    new WebSocketUpgrade(listener.path(), options.packets().packetBytes(), unfinished));
        } else {
            pipeline.addLast(httpOnMqttPort);
        }
        pipeline.addLast(
                new PacketDecoder(options.packets(), reader, unfinished),
                new PacketEncoder(),
                connectionHandlers.get());
    }
}
