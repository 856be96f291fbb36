package isthmus.conformance.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** They sign on again in each turn, and do nothing else: after a DISCONNECT, or while they are online. */
final class RestlessClients implements HostileKind {
    /** So many Client Identifiers they use in turn, so that none is still online. */
    private static final int NAMES = 1000;

    private final Sockets sockets;
    private final String name;
    private final int count;
    private final boolean stays;
    private final List<SocketChannel> open = new ArrayList<>();
    private final ByteBuffer read = ByteBuffer.allocate(16);
    private int made;

    /** @param stays whether the connection before is left open, for the server to close */
    RestlessClients(Sockets sockets, String name, int count, boolean stays) {
        this.sockets = sockets;
        this.name = name;
        this.count = count;
        this.stays = stays;
    }

    @Override
    public int turn(int number) throws IOException {
        int closed = 0;
        for (int i = open.size() - 1; i >= 0; i--) {
            if (isClosed(open.get(i))) {
                open.remove(i).close();
                closed++;
            }
        }
        for (int i = 0; i < count && (stays || open.size() < count); i++) {
            open.add(sockets.open(sockets.connect(stays ? name + i : name + made++ % NAMES)));
        }
        return stays ? closed : 0; // after a DISCONNECT the server has to close
    }

    /** Answers CONNACK, too, when it does not stay. */
    private boolean isClosed(SocketChannel channel) {
        try {
            int bytes = channel.read(read.clear());
            if (bytes > 0 && !stays) {
                channel.write(ByteBuffer.wrap(Packets.disconnect()));
            }
            return bytes < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        Sockets.close(open);
    }
}
