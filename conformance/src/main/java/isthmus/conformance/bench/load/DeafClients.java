package isthmus.conformance.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** They have subscribed to what one more publishes ten times a second, and never read. */
final class DeafClients implements HostileKind {
    private static final int TURNS_PER_MESSAGE = 10;
    private static final int MESSAGE_BYTES = 8 * 1024;
    private static final byte[] PINGREQ = {(byte) 0xC0, 0};

    private final Sockets sockets;
    private final HeldSockets connections;
    private final byte[] message;
    private final ByteBuffer acknowledgements = ByteBuffer.allocate(4096);
    private @Nullable SocketChannel publisher;

    DeafClients(Sockets sockets, String topic, int count) {
        this.sockets = sockets;
        this.connections = new HeldSockets(
                sockets,
                count,
                number -> Packets.joined(sockets.connect("deaf-" + number), Packets.subscribe(List.of(topic), 1)),
                channel -> channel.write(ByteBuffer.wrap(PINGREQ)) < 0);
        // Always the same Packet Identifier: the rate is so low that it is free again.
        this.message = Packets.publish(topic, 1, 1, new byte[MESSAGE_BYTES]);
    }

    @Override
    public int turn(int number) throws IOException {
        int returned = connections.turn(number);
        if (number % TURNS_PER_MESSAGE == 0) {
            publish();
        }
        return returned;
    }

    private void publish() throws IOException {
        if (publisher == null) {
            publisher = sockets.open(sockets.connect("to-the-deaf"));
        }
        publisher.write(ByteBuffer.wrap(message));
        publisher.read(acknowledgements.clear());
    }

    @Override
    public void close() throws IOException {
        connections.close();
        if (publisher != null) {
            publisher.close();
        }
    }
}
