package isthmus.gateway.codec;

import static isthmus.gateway.codec.Bytes.CONNECT;
import static isthmus.gateway.codec.Bytes.decode;
import static isthmus.gateway.codec.Bytes.field;
import static isthmus.gateway.codec.Bytes.packet;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import isthmus.gateway.codec.Bytes.Decoded;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.QoS;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our codec and Netty's: each reads what the other writes; ours refuses what Netty's lets through (ADR 0002). */
class NettyCodecOracleTest {
    @Test
    void weReadWhatNettyWrites() {
        byte[] secret = "secret".getBytes(StandardCharsets.US_ASCII);
        assertReadFromNetty(
                MqttMessageBuilders.connect()
                        .protocolVersion(MqttVersion.MQTT_3_1_1)
                        .clientId("GID_a@@@设备")
                        .cleanSession(true)
                        .keepAlive(30)
                        .willFlag(true)
                        .willTopic("w/t")
                        .willMessage(new byte[] {1})
                        .willQoS(MqttQoS.AT_LEAST_ONCE)
                        .hasUser(true)
                        .username("user")
                        .hasPassword(true)
                        .password(secret)
                        .build(),
                new Packet.Connect(
                        "GID_a@@@设备",
                        true,
                        30,
                        new Will("w/t", Payload.wrap(new byte[] {1}), QoS.AT_LEAST_ONCE, false),
                        "user",
                        Payload.wrap(secret)));
        assertReadFromNetty(
                MqttMessageBuilders.subscribe()
                        .messageId(9)
                        .addSubscription(MqttQoS.EXACTLY_ONCE, "a/+/😀")
                        .build(),
                new Packet.Subscribe(9, List.of(new Packet.Subscribe.Request("a/+/😀", QoS.EXACTLY_ONCE))));
        assertReadFromNetty(
                MqttMessageBuilders.unsubscribe()
                        .messageId(8)
                        .addTopicFilter("a/#")
                        .build(),
                new Packet.Unsubscribe(8, List.of("a/#")));
        assertReadFromNetty(MqttMessage.PINGREQ, new Packet.PingReq());
        assertReadFromNetty(MqttMessage.DISCONNECT, new Packet.Disconnect());
    }

    @Test
    void nettyReadsWhatWeWrite() {
        MqttConnectMessage connect = readByNetty(new Packet.Connect(
                "c", false, 60, new Will("w", Payload.empty(), QoS.EXACTLY_ONCE, true), "u", Payload.empty()));
        assertThat(connect.variableHeader().willQos()).isEqualTo(2);
        assertThat(connect.variableHeader().isWillRetain()).isTrue();
        assertThat(connect.variableHeader().isCleanSession()).isFalse();
        assertThat(connect.payload().clientIdentifier()).isEqualTo("c");
        assertThat(connect.payload().userName()).isEqualTo("u");

        MqttConnAckMessage connAck = readByNetty(new Packet.ConnAck(true, ConnectReturnCode.IDENTIFIER_REJECTED));
        assertThat(connAck.variableHeader().isSessionPresent()).isTrue();
        assertThat(connAck.variableHeader().connectReturnCode().byteValue()).isEqualTo((byte) 2);

        MqttPublishMessage publish = readByNetty(
                new Packet.Publish(true, QoS.AT_LEAST_ONCE, true, "设备/😀", 77, Payload.wrap(new byte[20_000])));
        assertThat(publish.fixedHeader().isDup()).isTrue();
        assertThat(publish.fixedHeader().isRetain()).isTrue();
        assertThat(publish.fixedHeader().qosLevel()).isEqualTo(MqttQoS.AT_LEAST_ONCE);
        assertThat(publish.variableHeader().topicName()).isEqualTo("设备/😀");
        assertThat(publish.variableHeader().packetId()).isEqualTo(77);
        assertThat(publish.payload().readableBytes()).isEqualTo(20_000);
        publish.release();

        MqttSubAckMessage subAck = readByNetty(new Packet.SubAck(3, List.of(SubAckCode.GRANTED_1, SubAckCode.FAILURE)));
        assertThat(subAck.payload().reasonCodes()).containsExactly(0x01, 0x80);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'DUP with QoS 0', 38 03 0001 61",
        "'SUBSCRIBE without filters', 82 02 0001",
        "'UNSUBSCRIBE without filters', a2 02 0001",
        "'MQTT 5 subscription options', 82 06 0001 0001 61 0d",
        "'reserved bits of a requested QoS', 82 06 0001 0001 61 c1",
        "'malformed filter', 82 08 0001 0003 612362 00",
        "'empty filter', 82 05 0001 0000 00",
        "'empty Topic Name', 30 02 0000",
        "'control character in a Topic Name', 30 03 0001 01",
        "'PUBACK with a reason code', 40 03 0001 00",
        "'DISCONNECT with a reason code', e0 01 04",
        "'packet of a server', 20 02 0000",
    })
    void netty4_1_137AcceptsAfterConnectWhatWeRefuse(String what, String bytes) {
        assertThat(acceptedByNetty(CONNECT + bytes)).as("accepted by Netty").isTrue();
        assertThat(decode(CONNECT + bytes).violations()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'Will QoS without a Will', 0a, 0001 61",
        "'Will Retain without a Will', 22, 0001 61",
        "'Will QoS 3', 1e, 0001 61 0001 62 0000",
        "'password without user name', 42, 0001 61 0001 62",
        "'wildcard in the Will Topic', 06, 0001 61 0001 23 0000",
    })
    void netty4_1_137AcceptsConnectsThatWeRefuse(String what, String flags, String payload) {
        String connect = packet("10", field("MQTT") + "04" + flags + "003c" + payload);

        assertThat(acceptedByNetty(connect)).as("accepted by Netty").isTrue();
        assertThat(decode(connect).violations()).hasSize(1);
    }

    private static boolean acceptedByNetty(String hex) {
        EmbeddedChannel channel = new EmbeddedChannel(new MqttDecoder(Bytes.MAX_PACKET));
        channel.writeInbound(Bytes.hex(hex));
        boolean accepted = true;
        for (MqttMessage message = channel.readInbound(); message != null; message = channel.readInbound()) {
            accepted &= message.decoderResult().isSuccess();
            ReferenceCountUtil.release(message);
        }
        return accepted;
    }

    private static void assertReadFromNetty(MqttMessage written, Packet expected) {
        EmbeddedChannel netty = new EmbeddedChannel(MqttEncoder.INSTANCE);
        netty.writeOutbound(written);
        ByteBuf bytes = netty.readOutbound();
        boolean first = expected instanceof Packet.Connect;

        Decoded decoded = decode(first ? List.of(bytes) : List.of(Bytes.hex(CONNECT), bytes));

        assertThat(decoded.violations()).isEmpty();
        assertThat(decoded.last()).isEqualTo(expected);
    }

    private static <T extends MqttMessage> T readByNetty(Packet packet) {
        EmbeddedChannel ours = new EmbeddedChannel(new PacketEncoder());
        ours.writeOutbound(packet);
        EmbeddedChannel netty = new EmbeddedChannel(new MqttDecoder(1 << 20));
        netty.writeInbound((ByteBuf) ours.readOutbound());
        T message = netty.readInbound();
        assertThat(message.decoderResult().isSuccess()).isTrue();
        return message;
    }
}
