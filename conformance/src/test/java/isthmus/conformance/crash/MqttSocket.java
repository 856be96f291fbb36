package isthmus.conformance.crash;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A network connection that carries whole packets. One thread. */
final class MqttSocket implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2000;

    private final Socket socket = new Socket();
    private final InputStream input;
    private final Queue<Frame> frames = new ArrayDeque<>();
    private byte[] buffer = new byte[64 * 1024];
    private int filled;

    MqttSocket(int port) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            input = socket.getInputStream();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    void send(byte[] packet) throws IOException {
        socket.getOutputStream().write(packet);
    }

    /** The next packet, or null when none came within the time. Fails when the server has closed the connection. */
    @Nullable
    Frame poll(int millis) throws IOException {
        if (frames.isEmpty()) {
            read(millis);
        }
        return frames.poll();
    }

    private void read(int millis) throws IOException {
        socket.setSoTimeout(millis);
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * filled);
        }
        try {
            int count = input.read(buffer, filled, buffer.length - filled);
            if (count < 0) {
                throw new EOFException("closed by the server");
            }
            filled += count;
            int used = 0;
            for (int length = parse(used); length > 0; length = parse(used)) {
                used += length;
            }
            System.arraycopy(buffer, used, buffer, 0, filled - used);
            filled -= used;
        } catch (SocketTimeoutException nothingCame) {
            // The caller has other things to do.
        }
    }

    /** @return how many bytes the packet at {@code start} takes, 0 when it is not complete */
    private int parse(int start) {
        int length = 0;
        for (int at = start + 1, shift = 0; at < filled; at++, shift += 7) {
            length |= (buffer[at] & 127) << shift;
            if ((buffer[at] & 128) == 0) {
                int end = at + 1 + length;
                if (end > filled) {
                    return 0;
                }
                frames.add(new Frame(buffer[start], Arrays.copyOfRange(buffer, at + 1, end)));
                return end - start;
            }
        }
        return 0;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // It is closed as well.
        }
    }
}
