package isthmus.gateway.transport;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler;
import isthmus.gateway.codec.PacketLimits;
import isthmus.gateway.limits.Admission;
import isthmus.gateway.limits.AdmissionLimits;
import isthmus.gateway.limits.Refusals;
import isthmus.gateway.limits.SharedBytes;
import isthmus.gateway.transport.RecordingConnection.Seen;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A transport on free ports of the loopback interface. */
final class TestTransport implements AutoCloseable {
    static final String LOOPBACK = "127.0.0.1";
    static final String CONNECT = "100d00044d5154540402003c000161";
    static final String CONNACK = "20020000";
    static final String PINGREQ = "c000";
    static final String PINGRESP = "d000";

    private static final PacketLimits PACKETS = new PacketLimits(300_000, 300_000, 1024, 128);

    final Seen seen = new Seen();
    final Refusals refusals = new Refusals();
    final SharedBytes unfinished;
    final Transport transport;

    TestTransport() {
        this(null);
    }

    TestTransport(@Nullable TlsOptions tls) {
        this(tls, RecordingConnection::new);
    }

    TestTransport(@Nullable TlsOptions tls, Function<Seen, ChannelHandler> connections) {
        this(tls, new AdmissionLimits(1000, 0, 1000, 0, 1000), 10_000_000, connections);
    }

    TestTransport(@Nullable TlsOptions tls, AdmissionLimits admissionLimits, long unfinishedBytes) {
        this(tls, admissionLimits, unfinishedBytes, RecordingConnection::new);
    }

    private TestTransport(
            @Nullable TlsOptions tls,
            AdmissionLimits admissionLimits,
            long unfinishedBytes,
            Function<Seen, ChannelHandler> connections) {
        this.unfinished = new SharedBytes(unfinishedBytes);
        TransportOptions options = new TransportOptions(PACKETS, 128, 32_768, 65_536, tls, 2);
        Admission admission = new Admission(admissionLimits, refusals, System::nanoTime);
        this.transport = new Transport(options, admission, unfinished, () -> connections.apply(seen));
    }

    InetSocketAddress open(Listener.Kind kind) throws ListenerFailure {
        return transport.open(new Listener(kind, LOOPBACK, 0, kind.isWebSocket() ? "/mqtt" : ""));
    }

    static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.connect(address, 5_000);
        socket.setSoTimeout(10_000);
        return socket;
    }

    static void send(Socket socket, String hex) throws IOException {
        socket.getOutputStream().write(ByteBufUtil.decodeHexDump(hex));
        socket.getOutputStream().flush();
    }

    /** As many bytes as expected, in hex. */
    static String receive(Socket socket, String expected) throws IOException {
        return ByteBufUtil.hexDump(socket.getInputStream().readNBytes(expected.length() / 2));
    }

    /** Everything until the server closes. */
    static String receiveText(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        transport.close();
    }
}
