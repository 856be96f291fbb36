package isthmus.conformance.browser;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.MessageToMessageCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * An MQTT server over WebSocket that refuses on command, for the answers that a working server does not give when a test wants
 * them. Runs on one event loop of its own.
 */
final class ScriptedPeer implements AutoCloseable {

    private static final int LARGEST_REQUEST = 65536;

    private final EventLoopGroup loop = new NioEventLoopGroup(1);
    private final Channel server;
    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
    private final List<String> subscribed = new CopyOnWriteArrayList<>();
    private volatile MqttConnectReturnCode answer = MqttConnectReturnCode.CONNECTION_ACCEPTED;

    ScriptedPeer() {
        server = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(LARGEST_REQUEST))
                                .addLast(new WebSocketServerProtocolHandler("/mqtt", "mqtt"), new Frames())
                                .addLast(new MqttDecoder(), MqttEncoder.INSTANCE, new Packets());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** From now on every CONNECT is answered with this return code. */
    void answerConnectWith(int returnCode) {
        answer = MqttConnectReturnCode.valueOf((byte) returnCode);
    }

    /** Every filter that has been asked for so far. */
    List<String> subscribed() {
        return List.copyOf(subscribed);
    }

    /** Breaks every connection as a network that goes away does. */
    void dropConnections() {
        connections.forEach(Channel::close);
    }

    /** From now on nobody listens on the port. */
    void stopListening() {
        server.close().syncUninterruptibly();
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static final class Frames extends MessageToMessageCodec<BinaryWebSocketFrame, ByteBuf> {
        @Override
        protected void encode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
            out.add(new BinaryWebSocketFrame(bytes.retain()));
        }

        @Override
        protected void decode(ChannelHandlerContext context, BinaryWebSocketFrame frame, List<Object> out) {
            out.add(frame.content().retain());
        }
    }

    /** Accepts filters unless they start with "Forbidden", and closes the connection on every publish. */
    private final class Packets extends SimpleChannelInboundHandler<MqttMessage> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, MqttMessage packet) {
            switch (packet.fixedHeader().messageType()) {
                case CONNECT -> {
                    connections.add(context.channel());
                    context.writeAndFlush(MqttMessageBuilders.connAck()
                            .returnCode(answer)
                            .sessionPresent(false)
                            .build());
                }
                case SUBSCRIBE -> onSubscribe(context, (MqttSubscribeMessage) packet);
                case PUBLISH -> context.close();
                default -> {}
            }
        }

        private void onSubscribe(ChannelHandlerContext context, MqttSubscribeMessage subscribe) {
            var answer = MqttMessageBuilders.subAck()
                    .packetId(subscribe.variableHeader().messageId());
            subscribe.payload().topicSubscriptions().forEach(asked -> {
                subscribed.add(asked.topicFilter());
                answer.addGrantedQos(
                        asked.topicFilter().startsWith("Forbidden") ? MqttQoS.FAILURE : asked.qualityOfService());
            });
            context.writeAndFlush(answer.build());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            connections.remove(context.channel());
        }
    }
}
