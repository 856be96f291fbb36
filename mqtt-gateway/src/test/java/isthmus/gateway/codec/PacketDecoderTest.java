package isthmus.gateway.codec;

import static isthmus.gateway.codec.Bytes.CONNECT;
import static isthmus.gateway.codec.Bytes.decode;
import static isthmus.gateway.codec.Bytes.field;
import static isthmus.gateway.codec.Bytes.hex;
import static isthmus.gateway.codec.Bytes.packet;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import isthmus.gateway.codec.Bytes.Decoded;
import isthmus.gateway.harness.Normative;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.QoS;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketDecoderTest {
    private static final String PUBLISH_QOS_1 = packet("32", field("a/b") + "0007" + "cafe");

    @Test
    @Normative("MQTT-3.1.3-1")
    void connectWithEveryFieldIsRead() {
        String body = field("MQTT") + "04 f6 000a" + field("GID_a@@@1") + field("last/will") + "0002 beef"
                + field("user") + field("secret");

        assertThat(decode(packet("10", body)).last())
                .isEqualTo(new Packet.Connect(
                        "GID_a@@@1",
                        true,
                        10,
                        new Will("last/will", payload(0xbe, 0xef), QoS.EXACTLY_ONCE, true),
                        "user",
                        Payload.wrap("secret".getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void connectWithNothingOptionalIsRead() {
        assertThat(decode(packet("10", field("MQTT") + "04 00 0000" + field("")))
                        .last())
                .isEqualTo(new Packet.Connect("", false, 0, null, null, null));
    }

    @Test
    void everyOtherClientPacketIsRead() {
        assertThat(after(PUBLISH_QOS_1))
                .isEqualTo(new Packet.Publish(false, QoS.AT_LEAST_ONCE, false, "a/b", 7, payload(0xca, 0xfe)));
        assertThat(after(packet("3d", field("a") + "ffff")))
                .isEqualTo(new Packet.Publish(true, QoS.EXACTLY_ONCE, true, "a", 65535, Payload.empty()));
        assertThat(after(packet("31", field("a") + "01")))
                .isEqualTo(new Packet.Publish(false, QoS.AT_MOST_ONCE, true, "a", 0, payload(1)));
        assertThat(after("40 02 0001")).isEqualTo(new Packet.PubAck(1));
        assertThat(after("50 02 0002")).isEqualTo(new Packet.PubRec(2));
        assertThat(after("62 02 0003")).isEqualTo(new Packet.PubRel(3));
        assertThat(after("70 02 0004")).isEqualTo(new Packet.PubComp(4));
        assertThat(after(packet("82", "0005" + field("a/+/#") + "00" + field("#") + "02")))
                .isEqualTo(new Packet.Subscribe(
                        5,
                        List.of(
                                new Packet.Subscribe.Request("a/+/#", QoS.AT_MOST_ONCE),
                                new Packet.Subscribe.Request("#", QoS.EXACTLY_ONCE))));
        assertThat(after(packet("a2", "0006" + field("a/+") + field("/"))))
                .isEqualTo(new Packet.Unsubscribe(6, List.of("a/+", "/")));
        assertThat(after("c0 00")).isEqualTo(new Packet.PingReq());
        assertThat(after("e0 00")).isEqualTo(new Packet.Disconnect());
    }

    @ParameterizedTest
    @CsvSource({"MQTT,3", "MQTT,5", "MQTT,0", "MQIsdp,3", "MQIsdp,4"})
    void anotherVersionOfTheProtocolIsNamedAndItsRestIsNotParsed(String name, int level) {
        String connect = packet("10", field(name) + String.format("%02x", level) + "ff ff ff ff ff");

        Decoded decoded = decode(connect + "c000");

        assertThat(decoded.packets())
                .containsExactly(new Packet.UnsupportedProtocol(name, level), new Packet.PingReq());
        assertThat(decoded.violations()).isEmpty();
    }

    @Test
    void packetsAreReadByteByByteAndAllAtOnce() {
        String stream = CONNECT + PUBLISH_QOS_1 + "c000" + packet("82", "0005" + field("a") + "01") + "e000";
        List<ByteBuf> bytes = new ArrayList<>();
        ByteBuf whole = hex(stream);
        while (whole.isReadable()) {
            bytes.add(whole.readBytes(1));
        }

        Decoded atOnce = decode(stream);

        assertThat(atOnce.packets()).hasSize(5);
        assertThat(decode(bytes)).isEqualTo(atOnce);
    }

    @Test
    void remainingLengthsOfOneToThreeBytesAreRead() {
        for (int length : new int[] {3, 127, 128, 1000}) {
            assertThat(payloadLengthRead(length, 2048)).isEqualTo(length - 3);
        }
        for (int length : new int[] {16_383, 16_384, 300_000, 2_097_151, 2_097_152}) {
            assertThat(payloadLengthRead(length, 3_000_000)).isEqualTo(length - 3);
        }
    }

    @Test
    void aRemainingLengthMayBePaddedWithZeros() {
        // Section 2.2.3 does not forbid a longer form than needed.
        assertThat(after("c0 80 00")).isEqualTo(new Packet.PingReq());
    }

    @Test
    void aPacketOverTheLimitIsRefusedBeforeItsBodyComes() {
        Decoded decoded = decode(CONNECT, "30 80 80 01");

        assertThat(decoded.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.statement()).isEqualTo("limit");
            assertThat(violation).hasMessage("PUBLISH of 16388 bytes is too large (this server allows 1024 bytes)");
        });
    }

    @Test
    void aPacketOfExactlyTheLimitIsRead() {
        assertThat(payloadLengthRead(Bytes.MAX_PACKET - 3, Bytes.MAX_PACKET)).isEqualTo(Bytes.MAX_PACKET - 6);
    }

    @Test
    void aViolationComesOnceAfterThePacketsBeforeItAndNothingComesAfterIt() {
        Decoded decoded = decode(CONNECT + "c000" + "f000" + "c000", "c000", "f000", PUBLISH_QOS_1);

        assertThat(decoded.packets()).hasSize(2);
        assertThat(decoded.violations()).hasSize(1);
    }

    @Test
    void anUnfinishedPacketAtTheEndIsNoViolation() {
        Decoded decoded = decode(CONNECT, PUBLISH_QOS_1.substring(0, 10));

        assertThat(decoded.packets()).hasSize(1);
        assertThat(decoded.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3000,0x30", "00,0x00", "ff,0xff", "c0,0xc0", "1100,0x11", "47455420,HTTP", "504f5354,HTTP", "1603,TLS"
    })
    @Normative("MQTT-3.1.0-1")
    void aConnectionThatDoesNotBeginWithConnectIsRefusedAtOnce(String bytes, String named) {
        Decoded decoded = decode(bytes);

        assertThat(decoded.packets()).isEmpty();
        assertThat(decoded.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.statement()).isEqualTo("MQTT-3.1.0-1");
            assertThat(violation).hasMessageContaining(named);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10 ff", "10 ff ff ff"})
    void aConnectThatHasNotComeYetIsAwaited(String bytes) {
        assertThat(decode(bytes).violations()).isEmpty();
    }

    private static Packet after(String packet) {
        Decoded decoded = decode(CONNECT + packet);
        assertThat(decoded.violations()).isEmpty();
        assertThat(decoded.packets()).hasSize(2);
        return decoded.last();
    }

    private static int payloadLengthRead(int remainingLength, int maxPacketBytes) {
        var channel = new io.netty.channel.embedded.EmbeddedChannel(Bytes.decoder(maxPacketBytes));
        ByteBuf publish = Unpooled.buffer().writeByte(0x30);
        int rest = remainingLength;
        do {
            publish.writeByte(rest % 128 | (rest > 127 ? 0x80 : 0));
            rest /= 128;
        } while (rest > 0);
        publish.writeBytes(hex(field("t"))).writeZero(remainingLength - 3);
        channel.writeInbound(hex(CONNECT), publish);
        channel.readInbound();
        Packet.Publish read = channel.readInbound();
        channel.finishAndReleaseAll();
        return read.payload().length();
    }

    private static Payload payload(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return Payload.wrap(array);
    }
}
