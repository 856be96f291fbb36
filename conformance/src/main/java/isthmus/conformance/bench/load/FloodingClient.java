package isthmus.conformance.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** It publishes with QoS 1 as much as its socket takes, whether or not anything is acknowledged. Comes back when cut off. */
final class FloodingClient implements HostileKind {
    /** Some 2,000 messages, so that the other kinds have their turns. */
    private static final int BYTES_PER_TURN = 256 * 1024;

    private static final int PAYLOAD_BYTES = 100;

    private final Sockets sockets;
    private final ByteBuffer messages = ByteBuffer.allocateDirect(BYTES_PER_TURN);
    private final ByteBuffer acknowledgements = ByteBuffer.allocateDirect(BYTES_PER_TURN);
    private @Nullable SocketChannel connection;

    FloodingClient(Sockets sockets, String topic) {
        this.sockets = sockets;
        byte[] message = Packets.publish(topic, 1, 1, new byte[PAYLOAD_BYTES]);
        while (messages.remaining() >= message.length) {
            messages.put(message);
        }
        messages.flip();
    }

    @Override
    public int turn(int number) throws IOException {
        int returned = 0;
        if (connection == null) {
            messages.rewind();
            connection = sockets.open(sockets.connect("flood"));
            returned = number == 0 ? 0 : 1;
        }
        try {
            write(connection);
        } catch (IOException cutOff) {
            connection.close();
            connection = null;
        }
        return returned;
    }

    private void write(SocketChannel to) throws IOException {
        int left = BYTES_PER_TURN;
        int written = 1;
        while (left > 0 && written > 0) {
            written = to.write(messages);
            left -= written;
            if (!messages.hasRemaining()) {
                messages.rewind();
            }
        }
        if (to.read(acknowledgements.clear()) < 0) {
            throw new IOException("closed by the server");
        }
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
    }
}
