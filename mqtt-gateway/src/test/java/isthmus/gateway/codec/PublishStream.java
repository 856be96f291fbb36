package isthmus.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import isthmus.gateway.limits.SharedBytes;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.QoS;

/** A connection on which PUBLISH packets with QoS 1 and 100 bytes come or go, for measurements. */
final class PublishStream {
    static final int PACKETS = 100;

    private static final PacketLimits LIMITS = new PacketLimits(1 << 20, 1 << 20, 1024, 128);
    private static final int PAYLOAD_BYTES = 100;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ByteBuf packets = Unpooled.directBuffer();

    /** @param behind what sees the packets that come and writes those that go */
    PublishStream(ChannelHandler behind) {
        // Neither a pool nor a search for leaks, which would allocate now and then.
        channel.config().setAllocator(new UnpooledByteBufAllocator(false, true));
        channel.pipeline()
                .addLast(
                        new PacketDecoder(LIMITS, new PacketReader(LIMITS), new SharedBytes(Long.MAX_VALUE)),
                        new PacketEncoder(),
                        behind);
        channel.writeInbound(Bytes.hex(Bytes.CONNECT));
        for (int i = 0; i < PACKETS; i++) {
            PacketWriter.write(publish(i + 1), packets);
        }
    }

    static Packet.Publish publish(int packetId) {
        Payload payload = Payload.wrap(new byte[PAYLOAD_BYTES]);
        return new Packet.Publish(false, QoS.AT_LEAST_ONCE, false, "Telemetry/building/7/room/12", packetId, payload);
    }

    /** Lets all packets come, as from one read. */
    void receive() {
        channel.writeInbound(packets.retainedDuplicate());
        releaseSent();
    }

    /** Writes so many packets and flushes them. */
    void send(Packet packet) {
        for (int i = 0; i < PACKETS; i++) {
            channel.write(packet, channel.voidPromise());
        }
        channel.flush();
        releaseSent();
    }

    private void releaseSent() {
        for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
            sent.release();
        }
    }
}
