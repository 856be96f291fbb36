package isthmus.gateway.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import isthmus.gateway.auth.PasswordSignature;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An MQTT client that does exactly what a test says, over a plain socket, with netty's codec and not ours. */
public final class TestClient implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final Socket socket = new Socket();
    private final EmbeddedChannel encoder = new EmbeddedChannel(MqttEncoder.INSTANCE);
    private final BlockingQueue<MqttMessage> inbox = new LinkedBlockingQueue<>();
    private volatile boolean closedByServer;
    private volatile boolean deaf;

    public TestClient(InetSocketAddress server) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress("127.0.0.1", server.getPort()));
        Thread reader = new Thread(this::readAll, "test-client");
        reader.setDaemon(true);
        reader.start();
    }

    private void readAll() {
        EmbeddedChannel decoder = new EmbeddedChannel(new MqttDecoder(1 << 22));
        byte[] buffer = new byte[65536];
        try {
            InputStream in = socket.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                decoder.writeInbound(Unpooled.copiedBuffer(buffer, 0, n));
                if (deaf) {
                    return;
                }
                for (MqttMessage m = decoder.readInbound(); m != null; m = decoder.readInbound()) {
                    inbox.add(m);
                }
            }
        } catch (IOException ended) {
            // seen as the end of the stream
        }
        closedByServer = true;
    }

    public void send(MqttMessage... messages) {
        for (MqttMessage message : messages) {
            encoder.writeOutbound(message);
        }
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
            all.writeBytes(part);
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        sendBytes(bytes);
    }

    /** Reads nothing from now on, and does not notice when the server closes. */
    public void stopReading() {
        deaf = true;
    }

    /** Sends the same bytes again and again until the server closes, or took {@code most} times as much. */
    public void flood(byte[] bytes, int most) {
        try {
            for (int i = 0; i < most; i++) {
                socket.getOutputStream().write(bytes);
            }
        } catch (IOException closed) {
            // which is what was waited for
        }
    }

    public void sendBytes(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    public static MqttMessageBuilders.ConnectBuilder connectPacket(String clientId, boolean clean) {
        return MqttMessageBuilders.connect()
                .clientId(clientId)
                .cleanSession(clean)
                .keepAlive(60)
                .username("AK")
                .password(
                        PasswordSignature.of(clientId.split("@@@", 2)[0], "SK").getBytes(StandardCharsets.UTF_8));
    }

    /** Connects and returns Session Present. */
    public boolean connect(String clientId, boolean clean) {
        return connect(clientId, clean, connect -> {});
    }

    public boolean connect(String clientId, boolean clean, Consumer<MqttMessageBuilders.ConnectBuilder> more) {
        MqttMessageBuilders.ConnectBuilder packet = connectPacket(clientId, clean);
        more.accept(packet);
        send(packet.build());
        MqttConnAckMessage ack = (MqttConnAckMessage) receive();
        assertThat(ack.variableHeader().connectReturnCode()).isEqualTo(MqttConnectReturnCode.CONNECTION_ACCEPTED);
        return ack.variableHeader().isSessionPresent();
    }

    /** Subscribes and returns the codes of the SUBACK. */
    public List<Integer> subscribe(int qos, String... filters) {
        MqttMessageBuilders.SubscribeBuilder packet =
                MqttMessageBuilders.subscribe().messageId(7);
        for (String filter : filters) {
            packet.addSubscription(MqttQoS.valueOf(qos), filter);
        }
        send(packet.build());
        return ((MqttSubAckMessage) receive()).payload().grantedQoSLevels();
    }

    public void publish(String topic, int qos, int packetId, String payload) {
        publish(topic, qos, packetId, payload, false, false);
    }

    public void publish(String topic, int qos, int packetId, String payload, boolean retain, boolean dup) {
        send(new MqttPublishMessage(
                new MqttFixedHeader(MqttMessageType.PUBLISH, dup, MqttQoS.valueOf(qos), retain, 0),
                new io.netty.handler.codec.mqtt.MqttPublishVariableHeader(topic, packetId),
                Unpooled.copiedBuffer(payload, StandardCharsets.UTF_8)));
    }

    public void ack(MqttMessageType type, int packetId) {
        MqttQoS qos = type == MqttMessageType.PUBREL ? MqttQoS.AT_LEAST_ONCE : MqttQoS.AT_MOST_ONCE;
        send(new MqttMessage(
                new MqttFixedHeader(type, false, qos, false, 2), MqttMessageIdVariableHeader.from(packetId)));
    }

    public void expect(MqttMessageType type, int packetId) {
        MqttMessage message = receive();
        assertThat(message.fixedHeader().messageType()).isEqualTo(type);
        assertThat(((MqttMessageIdVariableHeader) message.variableHeader()).messageId())
                .isEqualTo(packetId);
    }

    /** How many packets have come and were not looked at. */
    public int received() {
        return inbox.size();
    }

    public MqttMessage receive() {
        try {
            MqttMessage message = inbox.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(message).as("a packet within %s s", PATIENCE_SECONDS).isNotNull();
            assertThat(message.decoderResult().isSuccess()).isTrue();
            return message;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    public MqttPublishMessage receivePublish() {
        MqttMessage message = receive();
        assertThat(message).isInstanceOf(MqttPublishMessage.class);
        return (MqttPublishMessage) message;
    }

    public static String text(MqttPublishMessage message) {
        return message.payload().toString(StandardCharsets.UTF_8);
    }

    /** Proves that nothing else came: the answer to a ping is the next packet. */
    public void expectNothing() {
        send(MqttMessage.PINGREQ);
        assertThat(receive().fixedHeader().messageType()).isEqualTo(MqttMessageType.PINGRESP);
    }

    public void disconnect() {
        send(MqttMessage.DISCONNECT);
        expectClosed();
    }

    /** Whether the server has closed. */
    public boolean isClosed() {
        return closedByServer;
    }

    public void expectClosed() {
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> closedByServer);
    }

    /** Ends the connection without DISCONNECT. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
