package isthmus.gateway.codec;

import static isthmus.gateway.codec.Bytes.CONNECT;
import static isthmus.gateway.codec.Bytes.field;
import static isthmus.gateway.codec.Bytes.hex;
import static isthmus.gateway.codec.Bytes.packet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import isthmus.gateway.harness.Normative;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.QoS;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketEncoderTest {
    @Test
    @Normative({"MQTT-2.2.2-1", "MQTT-2.3.1-5"})
    void everyServerPacketHasItsBytes() {
        assertBytes(new Packet.ConnAck(true, ConnectReturnCode.ACCEPTED), "20 02 01 00");
        assertBytes(new Packet.ConnAck(false, ConnectReturnCode.NOT_AUTHORIZED), "20 02 00 05");
        assertBytes(publish(false, QoS.AT_MOST_ONCE, true, 0), packet("31", field("a/é") + "cafe"));
        assertBytes(publish(true, QoS.AT_LEAST_ONCE, false, 7), packet("3a", field("a/é") + "0007 cafe"));
        assertBytes(publish(false, QoS.EXACTLY_ONCE, false, 65535), packet("34", field("a/é") + "ffff cafe"));
        assertBytes(new Packet.PubAck(1), "40 02 0001");
        assertBytes(new Packet.PubRec(258), "50 02 0102");
        assertBytes(new Packet.PubRel(3), "62 02 0003");
        assertBytes(new Packet.PubComp(4), "70 02 0004");
        assertBytes(new Packet.SubAck(5, List.of(SubAckCode.values())), "90 06 0005 00 01 02 80");
        assertBytes(new Packet.UnsubAck(6), "b0 02 0006");
        assertBytes(new Packet.PingResp(), "d0 00");
    }

    @Test
    void everyClientPacketHasItsBytes() {
        assertBytes(new Packet.Connect("a", true, 60, null, null, null), CONNECT);
        Will will = new Will("w", Payload.wrap(new byte[] {9}), QoS.AT_LEAST_ONCE, true);
        assertBytes(
                new Packet.Connect("a", false, 0, will, "u", Payload.wrap(new byte[] {8})),
                packet(
                        "10",
                        field("MQTT") + "04 ec 0000" + field("a") + field("w") + "0001 09" + field("u") + "0001 08"));
        assertBytes(
                new Packet.Subscribe(1, List.of(new Packet.Subscribe.Request("a/#", QoS.AT_LEAST_ONCE))),
                packet("82", "0001" + field("a/#") + "01"));
        assertBytes(new Packet.Unsubscribe(2, List.of("a", "b")), packet("a2", "0002" + field("a") + field("b")));
        assertBytes(new Packet.PingReq(), "c0 00");
        assertBytes(new Packet.Disconnect(), "e0 00");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 124, 125, 16_380, 16_381, 2_097_148, 2_097_149})
    void remainingLengthHasAsFewBytesAsItNeedsAndALargeBufferIsOfExactSize(int payload) {
        ByteBuf bytes = encode(publish(payload));

        int length = payload + 3;
        int lengthBytes = length < 128 ? 1 : length < 16_384 ? 2 : length < 2_097_152 ? 3 : 4;
        assertThat(bytes.readableBytes()).isEqualTo(1 + lengthBytes + length);
        if (length > 16_384) {
            assertThat(bytes.capacity()).isEqualTo(bytes.readableBytes());
        }
        bytes.release();
    }

    @Test
    void whatIsWrittenBetweenTwoFlushesIsOneBuffer() {
        EmbeddedChannel channel = new EmbeddedChannel(new PacketEncoder());
        channel.write(new Packet.PubAck(1), channel.voidPromise());
        channel.write(new Packet.PubAck(2), channel.voidPromise());
        channel.write(Unpooled.wrappedBuffer(new byte[] {7}));
        channel.write(new Packet.PingResp(), channel.voidPromise());
        channel.flush();

        assertThat(outbound(channel)).containsExactly("4002000140020002", "07", "d000");
        channel.finishAndReleaseAll();
    }

    @Test
    void theChannelIsToldOfMuchDataBeforeTheFlush() {
        EmbeddedChannel channel = new EmbeddedChannel(new PacketEncoder());
        channel.write(publish(100_000), channel.voidPromise());

        assertThat(channel.unsafe().outboundBuffer().totalPendingWriteBytes()).isGreaterThan(100_000);
        channel.flushOutbound();
        channel.finishAndReleaseAll();
    }

    @Test
    void whatNobodyFlushedIsReleasedWithTheConnection() {
        EmbeddedChannel channel = new EmbeddedChannel(new PacketEncoder());
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        channel.config().setAllocator(allocator);
        channel.write(new Packet.PingResp(), channel.voidPromise());
        assertThat(used(allocator)).isPositive();

        channel.finishAndReleaseAll();
        assertThat(used(allocator)).isZero();
    }

    @Test
    void bytesPassUntouched() {
        EmbeddedChannel channel = new EmbeddedChannel(new PacketEncoder());
        ByteBuf bytes = Unpooled.wrappedBuffer(new byte[] {1, 2});

        channel.writeOutbound(bytes);

        ByteBuf passed = channel.readOutbound();
        assertThat(passed).isSameAs(bytes);
        channel.finishAndReleaseAll();
    }

    @Test
    void whatMqttCannotCarryFailsTheWrite() {
        EmbeddedChannel channel = new EmbeddedChannel(new PacketEncoder());
        Packet tooLong = new Packet.Publish(false, QoS.AT_MOST_ONCE, false, "t".repeat(65_536), 0, Payload.empty());

        assertThatThrownBy(() -> channel.writeOutbound(tooLong)).hasMessageContaining("65536 bytes is not MQTT");
        assertThatThrownBy(() -> channel.writeOutbound(new Packet.UnsupportedProtocol("MQTT", 5)))
                .isInstanceOf(IllegalArgumentException.class);
        channel.finishAndReleaseAll();
    }

    private static long used(UnpooledByteBufAllocator allocator) {
        return allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory();
    }

    private static List<String> outbound(EmbeddedChannel channel) {
        List<String> buffers = new ArrayList<>();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            buffers.add(ByteBufUtil.hexDump(next));
            next.release();
        }
        return buffers;
    }

    private static Packet publish(int payload) {
        return new Packet.Publish(false, QoS.AT_MOST_ONCE, false, "t", 0, Payload.wrap(new byte[payload]));
    }

    private static Packet publish(boolean dup, QoS qos, boolean retain, int packetId) {
        return new Packet.Publish(
                dup, qos, retain, "a/é", packetId, Payload.wrap(new byte[] {(byte) 0xca, (byte) 0xfe}));
    }

    private static void assertBytes(Packet packet, String expected) {
        ByteBuf bytes = encode(packet);
        assertThat(ByteBufUtil.hexDump(bytes)).isEqualTo(ByteBufUtil.hexDump(hex(expected)));
        bytes.release();
    }

    private static ByteBuf encode(Packet packet) {
        ByteBuf out = UnpooledByteBufAllocator.DEFAULT.buffer(64);
        PacketWriter.write(packet, out);
        return out;
    }
}
