package isthmus.conformance.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Opens connections for {@link HostileClients}: without a wait, and with small buffers. */
record Sockets(InetSocketAddress server, SignOn signOn) {
    /** So little that the system soon holds nothing for a client that does not read. */
    private static final int RECEIVE_BUFFER_BYTES = 4 * 1024;

    /** A connection that has sent this as its first bytes. */
    SocketChannel open(byte[] first) {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.connect(server);
            channel.write(ByteBuffer.wrap(first));
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            throw new LoadFailure("no connection to " + server + ": " + e.getMessage(), e);
        }
    }

    /** A CONNECT with Clean Session 1. */
    byte[] connect(String device) {
        return Packets.connect(signOn, device, true);
    }

    static void close(List<SocketChannel> channels) throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
