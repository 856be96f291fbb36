package isthmus.conformance.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that hold connections and do nothing good with them, and come back when they are thrown out: some have sent the
 * beginning of a CONNECT, some have subscribed to what one more publishes and never read. On a thread of their own.
 */
public final class HostileClients implements AutoCloseable {
    private static final long CONNECT_SECONDS = 120;
    /** In each round, one of so many parts of the clients is looked after: an attack goes on, and comes in no blows. */
    private static final int PARTS = 50;

    private static final long ROUND_MILLIS = 10;
    private static final int ROUNDS_PER_MESSAGE = 10;
    /** So many of those that were thrown out come back in a round. */
    private static final int MOST_RETURNS_PER_ROUND = 10;
    /** Until the sockets of those that do not read are full. */
    private static final int ROUNDS_UNTIL_READY = 1000;

    private static final int MESSAGE_BYTES = 8 * 1024;
    /** So little that the system soon holds nothing for a client that does not read. */
    private static final int RECEIVE_BUFFER_BYTES = 4 * 1024;

    private static final byte[] PINGREQ = {(byte) 0xC0, 0};
    private static final byte[] HALF_A_CONNECT = {0x10, 0x20, 0x00, 0x04, 'M', 'Q'};

    private final InetSocketAddress server;
    private final SignOn signOn;
    private final String topic;
    private final List<SocketChannel> halfOpen = new ArrayList<>();
    private final List<SocketChannel> deaf = new ArrayList<>();
    private final CountDownLatch ready = new CountDownLatch(ROUNDS_UNTIL_READY);
    private final Thread thread = new Thread(this::run, "hostile-clients");
    private volatile boolean stopping;
    /** The thread's own. */
    private int returns;

    private final AtomicLong thrownOut = new AtomicLong();

    private HostileClients(InetSocketAddress server, SignOn signOn, String topic) {
        this.server = server;
        this.signOn = signOn;
        this.topic = topic;
    }

    /** Opens the connections and begins to publish to the deaf ones. */
    public static HostileClients start(InetSocketAddress server, SignOn signOn, String topic, int halfOpen, int deaf) {
        HostileClients clients = new HostileClients(server, signOn, topic);
        for (int i = 0; i < halfOpen; i++) {
            clients.halfOpen.add(clients.open(HALF_A_CONNECT));
        }
        for (int i = 0; i < deaf; i++) {
            clients.deaf.add(clients.open(clients.subscriber(i)));
        }
        clients.thread.setDaemon(true);
        clients.thread.start();
        clients.awaitReady();
        return clients;
    }

    /** How often one of them was disconnected, and came back. */
    public long thrownOut() {
        return thrownOut.get();
    }

    private void awaitReady() {
        try {
            if (!ready.await(CONNECT_SECONDS, TimeUnit.SECONDS)) {
                throw new LoadFailure("the hostile clients were not connected in " + CONNECT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            throw new LoadFailure("interrupted", e);
        }
    }

    private void run() {
        byte[] publish = message();
        try (SocketChannel publisher = open(Packets.connect(signOn, "to-the-deaf", true))) {
            ByteBuffer acknowledgements = ByteBuffer.allocate(4096);
            for (int round = 0; !stopping; round++) {
                returns = 0;
                if (round % ROUNDS_PER_MESSAGE == 0) {
                    publisher.write(ByteBuffer.wrap(publish));
                    publisher.read(acknowledgements.clear());
                }
                for (int i = round % PARTS; i < halfOpen.size(); i += PARTS) {
                    halfOpen.set(i, keep(halfOpen.get(i), HALF_A_CONNECT, true));
                }
                for (int i = round % PARTS; i < deaf.size(); i += PARTS) {
                    deaf.set(i, keep(deaf.get(i), subscriber(i), false));
                }
                ready.countDown();
                TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
            }
        } catch (IOException | LoadFailure e) {
            if (!stopping) {
                throw new LoadFailure("the hostile clients failed: " + e.getMessage(), e);
            }
        } catch (InterruptedException stopped) {
            // which is what close asked for; it may interrupt a connect, too
        }
    }

    /** The same connection, or a new one when the server has closed it. */
    private SocketChannel keep(SocketChannel channel, byte[] first, boolean reads) throws IOException {
        if (returns >= MOST_RETURNS_PER_ROUND) {
            return channel;
        }
        try {
            boolean open =
                    reads ? channel.read(ByteBuffer.allocate(1)) >= 0 : channel.write(ByteBuffer.wrap(PINGREQ)) >= 0;
            if (open) {
                return channel;
            }
        } catch (IOException reset) {
            // closed by the server, too
        }
        channel.close();
        returns++;
        thrownOut.incrementAndGet();
        return open(first);
    }

    private SocketChannel open(byte[] first) {
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

    private byte[] subscriber(int number) {
        byte[] connect = Packets.connect(signOn, "deaf-" + number, true);
        byte[] subscribe = Packets.subscribe(List.of(topic), 1);
        ByteBuffer both = ByteBuffer.allocate(connect.length + subscribe.length);
        return both.put(connect).put(subscribe).array();
    }

    /** QoS 1, always with the same Packet Identifier: the rate is so low that it is free again. */
    private byte[] message() {
        int length = 2 + topic.length() + 2 + MESSAGE_BYTES;
        ByteBuffer packet = ByteBuffer.allocate(length + 5);
        Packets.putString(Packets.putHeader(packet, 0x32, length), topic).putShort((short) 1);
        packet.position(packet.position() + MESSAGE_BYTES).flip();
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        try {
            thread.join();
            for (SocketChannel channel : halfOpen) {
                channel.close();
            }
            for (SocketChannel channel : deaf) {
                channel.close();
            }
        } catch (InterruptedException | IOException e) {
            throw new LoadFailure("the hostile clients could not be stopped", e);
        }
    }
}
