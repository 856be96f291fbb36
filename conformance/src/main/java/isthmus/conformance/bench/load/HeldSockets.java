package isthmus.conformance.bench.load;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Many connections that come back when the server closes them. One thread. */
final class HeldSockets implements HostileKind {
    /** In each turn one of so many parts of them is looked after: an attack goes on, and comes in no blows. */
    private static final int PARTS = 50;
    /** So many of those that were thrown out come back in a turn. */
    private static final int MOST_RETURNS = 10;

    /** Whether the server has closed a connection; an exception says yes, too. */
    interface Look {
        boolean isClosed(SocketChannel channel) throws IOException;
    }

    private final Sockets sockets;
    private final IntFunction<byte[]> first;
    private final Look look;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final int count;

    /** @param first what the connection with a number sends first */
    HeldSockets(Sockets sockets, int count, IntFunction<byte[]> first, Look look) {
        this.sockets = sockets;
        this.first = first;
        this.look = look;
        this.count = count;
    }

    @Override
    public int turn(int number) throws IOException {
        while (channels.size() < count) {
            channels.add(sockets.open(first.apply(channels.size())));
        }
        int returns = 0;
        for (int i = number % PARTS; i < count && returns < MOST_RETURNS; i += PARTS) {
            if (isClosed(channels.get(i))) {
                channels.get(i).close();
                channels.set(i, sockets.open(first.apply(i)));
                returns++;
            }
        }
        return returns;
    }

    private boolean isClosed(SocketChannel channel) {
        try {
            return look.isClosed(channel);
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        Sockets.close(channels);
    }
}
