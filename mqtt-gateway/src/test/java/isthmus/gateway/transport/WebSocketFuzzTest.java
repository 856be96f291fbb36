package isthmus.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import isthmus.gateway.codec.Packet;
import isthmus.gateway.codec.PacketLimits;
import isthmus.gateway.codec.ProtocolViolation;
import isthmus.gateway.limits.SharedBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Everything from the socket to the connection, over TCP and over WebSocket: whatever comes in, a connection sees packets
 * and at most one violation, no buffer is lost, and no answer is larger than the question deserves.
 */
class WebSocketFuzzTest {
    private static final TransportOptions OPTIONS =
            new TransportOptions(new PacketLimits(1024, 512, 64, 5), 128, 32_768, 65_536, null, 1);
    private static final String UPGRADE =
            "GET /mqtt HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Protocol: mqtt\r\n\r\n";
    private static final int BINARY = 2;
    private static final int PING = 9;

    /** What the two lowest bits of the first byte choose; the others are the length of the pieces. */
    private static final int TCP = 0;

    private static final int HTTP = 1;
    private static final int FRAMES = 2;
    private static final int MQTT_IN_FRAMES = 3;

    private static final Logger ALL_LOGS = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

    private static Level before;

    /** A line for each broken handshake would fill the disk. */
    @BeforeAll
    static void logLess() {
        before = ALL_LOGS.getLevel();
        ALL_LOGS.setLevel(Level.WARN);
    }

    @AfterAll
    static void logAsBefore() {
        ALL_LOGS.setLevel(before);
    }

    static Stream<byte[]> seeds() {
        byte[] connect = ByteBufUtil.decodeHexDump(TestTransport.CONNECT);
        return Stream.of(
                seed(HTTP, 0, latin(UPGRADE)),
                seed(HTTP, 7, latin(UPGRADE), connect),
                seed(HTTP, 0, latin("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), latin("GET / HTTP/1.1\r\n\r\n")),
                seed(
                        HTTP,
                        0,
                        latin("POST /mqtt HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")),
                seed(HTTP, 3, latin("POST /mqtt HTTP/1.1\r\nContent-Length: 9999\r\nExpect: 100-continue\r\n\r\n")),
                seed(TCP, 0, latin("GET / HTTP/1.1\r\n\r\n")),
                seed(TCP, 1, connect),
                seed(FRAMES, 0, frame(0x80 | BINARY, connect), frame(0x80 | PING, latin("hi")), frame(0x88, connect)),
                seed(FRAMES, 2, frame(BINARY, connect), frame(0x80, connect), frame(0x81, latin("text"))),
                seed(FRAMES, 0, ByteBufUtil.decodeHexDump("82fe0003" + "00000000" + "c000")),
                seed(FRAMES, 0, ByteBufUtil.decodeHexDump("82ff7fffffffffffffff00000000")),
                seed(MQTT_IN_FRAMES, 5, connect, ByteBufUtil.decodeHexDump("c000300400016178c000")),
                seed(MQTT_IN_FRAMES, 1, connect, ByteBufUtil.decodeHexDump("ff00")));
    }

    @MethodSource("seeds")
    @FuzzTest
    void aConnectionSeesPacketsAndAtMostOneReasonToEnd(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] bytes = ByteBufUtil.getBytes(Unpooled.wrappedBuffer(input, 1, input.length - 1));
        int pieceLength = Math.max(1, (input[0] & 0xff) >> 2);
        switch (input[0] & 3) {
            case TCP -> run(Listener.Kind.TCP, bytes, pieceLength);
            case HTTP -> run(Listener.Kind.WS, bytes, pieceLength);
            case FRAMES -> run(Listener.Kind.WS, join(latin(UPGRADE), bytes), pieceLength);
            default -> {
                Seen overTcp = run(Listener.Kind.TCP, bytes, pieceLength);
                Seen overWebSocket = run(Listener.Kind.WS, join(latin(UPGRADE), inFrames(bytes, pieceLength)), 100);
                assertThat(overWebSocket.packets).isEqualTo(overTcp.packets);
                assertThat(overWebSocket.violations).hasSameSizeAs(overTcp.violations);
            }
        }
    }

    private static Seen run(Listener.Kind kind, byte[] bytes, int pieceLength) {
        UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
        SharedBytes unfinished = new SharedBytes(Long.MAX_VALUE);
        Seen seen = new Seen();
        Listener listener = new Listener(kind, "127.0.0.1", 0, kind.isWebSocket() ? "/mqtt" : "");
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(memory);
        channel.pipeline().addLast(new Pipeline(listener, OPTIONS, null, () -> "Elsewhere.", () -> seen, unfinished));
        int answered = 0;
        for (int from = 0; from < bytes.length && channel.isOpen(); from += pieceLength) {
            int length = Math.min(pieceLength, bytes.length - from);
            channel.writeInbound(memory.heapBuffer(length).writeBytes(bytes, from, length));
            answered += drain(channel);
        }
        channel.finish();
        answered += drain(channel);

        assertThat(seen.surprises).isEmpty();
        List<RuntimeException> reasons = new ArrayList<>(seen.violations);
        reasons.addAll(seen.failures);
        assertThat(reasons).as("reasons to end").hasSizeLessThan(2);
        assertThat(memory.metric().usedHeapMemory())
                .as("bytes of leaked buffers")
                .isZero();
        assertThat(unfinished.total()).as("bytes that count as unfinished").isZero();
        assertThat(answered).isLessThan(1_000 + 2 * bytes.length);
        return seen;
    }

    private static int drain(EmbeddedChannel channel) {
        int bytes = 0;
        for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            assertThat(out).isInstanceOf(ByteBuf.class);
            ByteBuf buffer = (ByteBuf) out;
            bytes += buffer.readableBytes();
            buffer.release();
        }
        assertThat(channel.inboundMessages()).as("passed the connection by").isEmpty();
        return bytes;
    }

    /** The bytes in binary frames, whole and in two fragments in turn, and a ping after each. */
    private static byte[] inFrames(byte[] bytes, int length) {
        List<byte[]> frames = new ArrayList<>();
        for (int from = 0, n = 0; from < bytes.length; from += length, n++) {
            byte[] piece =
                    ByteBufUtil.getBytes(Unpooled.wrappedBuffer(bytes, from, Math.min(length, bytes.length - from)));
            if (n % 2 == 0) {
                frames.add(frame(0x80 | BINARY, piece));
            } else {
                frames.add(frame(BINARY, piece));
                frames.add(frame(0x80 | PING, new byte[] {(byte) n}));
                frames.add(frame(0x80, new byte[0]));
            }
        }
        return join(frames.toArray(byte[][]::new));
    }

    /** A short frame, masked with zeros, so that the payload stays legible. */
    private static byte[] frame(int first, byte[] payload) {
        return join(new byte[] {(byte) first, (byte) (0x80 | payload.length), 0, 0, 0, 0}, payload);
    }

    private static byte[] seed(int mode, int pieceLength, byte[]... parts) {
        return join(new byte[] {(byte) (pieceLength << 2 | mode)}, join(parts));
    }

    private static byte[] join(byte[]... parts) {
        return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(parts));
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Stands for the connection, and closes for a reason as a connection does. */
    private static final class Seen extends ChannelInboundHandlerAdapter {
        final List<Packet> packets = new ArrayList<>();
        final List<ProtocolViolation> violations = new ArrayList<>();
        final List<TransportFailure> failures = new ArrayList<>();
        final List<Object> surprises = new ArrayList<>();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof Packet packet) {
                packets.add(packet);
            } else {
                surprises.add(message);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (cause instanceof ProtocolViolation violation) {
                violations.add(violation);
            } else if (cause instanceof TransportFailure failure) {
                failures.add(failure);
            } else {
                surprises.add(cause);
            }
            ctx.close();
        }
    }
}
