package isthmus.conformance.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** They have sent the beginning of a CONNECT, and send no more. */
final class HalfOpenClients implements HostileKind {
    private static final byte[] HALF_A_CONNECT = {0x10, 0x20, 0x00, 0x04, 'M', 'Q'};

    private final HeldSockets connections;

    HalfOpenClients(Sockets sockets, int count) {
        ByteBuffer one = ByteBuffer.allocate(1);
        connections =
                new HeldSockets(sockets, count, number -> HALF_A_CONNECT, channel -> channel.read(one.clear()) < 0);
    }

    @Override
    public int turn(int number) throws IOException {
        return connections.turn(number);
    }

    @Override
    public void close() throws IOException {
        connections.close();
    }
}
