package isthmus.conformance.bench.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connections that sign on and then do nothing. To a server on this machine they come from several loopback addresses, as
 * one address has ports for some 28,000 only. {@link #open}, any time, {@link #close}: by one thread.
 */
public final class IdleConnections implements AutoCloseable {
    private static final Duration OPEN_AT_MOST = Duration.ofMinutes(2);
    private static final int HANDSHAKES_AT_ONCE = 100;
    private static final int CONNECTIONS_PER_ADDRESS = 5_000;

    private final LoadLoop loop = new LoadLoop(new Schedule(0));
    private final Connecting connecting;
    private final int count;
    private final List<Idle> connections = new ArrayList<>();
    private int signedOn;

    private IdleConnections(InetSocketAddress server, SignOn signOn, int count) {
        this.connecting = new Connecting(loop, server, signOn, "idle");
        this.count = count;
    }

    /** Returns when the last one has signed on; a hundred at a time are on their way to it. */
    public static IdleConnections open(InetSocketAddress server, SignOn signOn, int count) {
        IdleConnections idle = new IdleConnections(server, signOn, count);
        try {
            for (int i = 0; i < HANDSHAKES_AT_ONCE; i++) {
                idle.openNext();
            }
            if (!idle.loop.run(System.nanoTime() + OPEN_AT_MOST.toNanos(), () -> idle.signedOn == count)) {
                throw new LoadFailure("the server has let " + idle.signedOn + " of " + count
                        + " connections sign on in " + OPEN_AT_MOST);
            }
            return idle;
        } catch (RuntimeException e) {
            idle.loop.close();
            throw e;
        }
    }

    public int count() {
        return count;
    }

    private void openNext() {
        if (connections.size() < count) {
            connections.add(new Idle(connections.size()));
        }
    }

    private @Nullable InetAddress source(int number) {
        if (!connecting.server().getAddress().isLoopbackAddress()) {
            return null;
        }
        byte[] address = {127, 0, 0, (byte) (1 + number / CONNECTIONS_PER_ADDRESS)};
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        connections.forEach(Idle::disconnect);
        loop.close();
    }

    private final class Idle implements Role {
        private final Connection connection;

        Idle(int number) {
            this.connection = connecting.openFrom(source(number), Integer.toString(number), true, this);
        }

        @Override
        public void onSignedOn() {
            signedOn++;
            openNext();
        }

        @Override
        public void onPacket(int firstByte, ByteBuffer packet, long now) {
            throw new LoadFailure(connection + ": the server sent packet type " + (firstByte >> 4));
        }

        @Override
        public boolean send(long now) {
            return false;
        }

        void disconnect() {
            connection.disconnect();
        }
    }
}
