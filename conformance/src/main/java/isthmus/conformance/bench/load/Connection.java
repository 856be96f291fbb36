package isthmus.conformance.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One Network Connection of the load: cuts what comes in into packets, gathers what goes out, and writes it at the end of
 * the loop's turn. The load's thread only.
 */
final class Connection {
    private static final byte[] NOTHING = {};
    /** A fixed header takes at most so much. */
    private static final int LONGEST_HEADER = 5;

    private final LoadLoop loop;
    private final String clientId;
    private final Role role;
    private final SocketChannel channel;
    private final SelectionKey key;
    private ByteBuffer out = ByteBuffer.allocate(512);
    /** The beginning of a packet whose end has not come yet. */
    private byte[] begun = NOTHING;

    private boolean marked;
    /** Whether the socket takes nothing more, or is not connected yet. */
    private boolean full = true;

    private boolean signedOn;

    private Connection(LoadLoop loop, String clientId, Role role) throws IOException {
        this.loop = loop;
        this.clientId = clientId;
        this.role = role;
        this.channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.key = channel.register(loop.selector(), 0, this);
    }

    /** Begins to connect; the role is told when the server has answered. */
    static Connection open(
            LoadLoop loop,
            @Nullable InetAddress source,
            InetSocketAddress server,
            String clientId,
            byte[] connectPacket,
            Role role)
            throws IOException {
        Connection connection = new Connection(loop, clientId, role);
        if (source != null) {
            connection.channel.bind(new InetSocketAddress(source, 0));
        }
        connection.room(connectPacket.length).put(connectPacket);
        if (connection.channel.connect(server)) {
            connection.onWritable();
        } else {
            connection.key.interestOps(SelectionKey.OP_CONNECT);
        }
        return connection;
    }

    /** Room for a packet, which will be written at the end of this turn. */
    ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            int size = Math.max(2 * out.capacity(), out.position() + bytes);
            out = ByteBuffer.allocate(size).put(out.flip());
        }
        mark();
        return out;
    }

    /** Asks for a turn: to write, and to let the role send. */
    void mark() {
        if (!marked) {
            marked = true;
            loop.add(this);
        }
    }

    /** The socket is ready for something. */
    void onReady(ByteBuffer block) {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                onWritable();
            } else if (key.isWritable()) {
                onWritable();
            }
            if (key.isReadable()) {
                read(block);
            }
        } catch (IOException e) {
            throw new LoadFailure(this + ": " + e.getMessage(), e);
        }
    }

    private void onWritable() {
        full = false;
        key.interestOps(SelectionKey.OP_READ);
        mark();
    }

    /** A marked connection's turn. */
    void onTurn(long now) {
        marked = false;
        if (!full && channel.isOpen()) {
            boolean more = role.send(now);
            flush();
            if (more) {
                mark();
            }
        }
    }

    private void flush() {
        try {
            out.flip();
            channel.write(out);
            full = out.hasRemaining();
            out.compact();
            if (full) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
        } catch (IOException e) {
            throw new LoadFailure(this + ": " + e.getMessage(), e);
        }
    }

    private void read(ByteBuffer block) throws IOException {
        block.clear().put(begun);
        if (channel.read(block) < 0) {
            throw new LoadFailure(this + ": the server closed the connection");
        }
        long now = System.nanoTime();
        block.flip();
        while (takePacket(block, now)) {
            // The next one.
        }
        begun = NOTHING;
        if (block.hasRemaining()) {
            begun = new byte[block.remaining()];
            block.get(begun);
        }
    }

    /** Hands on one packet; false when it is not complete. */
    private boolean takePacket(ByteBuffer block, long now) {
        int start = block.position();
        int end = block.limit();
        int at = start + 1;
        int length = 0;
        int digit = 128;
        for (int shift = 0; (digit & 128) != 0; shift += 7) {
            if (at >= end || at >= start + LONGEST_HEADER) {
                return false;
            }
            digit = block.get(at++);
            length |= (digit & 127) << shift;
        }
        if (end - at < length) {
            return false;
        }
        block.position(at).limit(at + length);
        onPacket(block.get(start) & 0xFF, block, now);
        block.limit(end).position(at + length);
        return true;
    }

    private void onPacket(int firstByte, ByteBuffer body, long now) {
        if (signedOn) {
            role.onPacket(firstByte, body, now);
            return;
        }
        int code = body.get(body.position() + 1);
        if (firstByte >> 4 != Packets.CONNACK || code != 0) {
            throw new LoadFailure(this + ": the server refused the connection with CONNACK " + code);
        }
        signedOn = true;
        role.onSignedOn();
    }

    /** Says good-bye and closes the socket; what was not written is not. */
    void disconnect() {
        byte[] packet = Packets.disconnect();
        room(packet.length).put(packet);
        flush();
        close();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LoadFailure(this + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "Client " + clientId;
    }
}
