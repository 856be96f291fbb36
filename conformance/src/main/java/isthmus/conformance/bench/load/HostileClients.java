package isthmus.conformance.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that do no good with a server, of one or several kinds, on a thread of their own. Any thread starts and closes
 * them.
 */
public final class HostileClients implements AutoCloseable {
    static final long TURN_MILLIS = 10;
    /** So long they do it before anything is measured: the sockets of those that do not read are full then. */
    private static final int TURNS_UNTIL_READY = 1000;

    private static final byte[] HALF_A_CONNECT = {0x10, 0x20, 0x00, 0x04, 'M', 'Q'};
    private static final long READY_SECONDS = 120;

    private final List<HostileKind> kinds = new ArrayList<>();
    private final Sockets sockets;
    private final String topic;
    private final CountDownLatch ready = new CountDownLatch(TURNS_UNTIL_READY);
    private final AtomicLong thrownOut = new AtomicLong();
    private final Thread thread = new Thread(this::run, "hostile-clients");
    private volatile boolean stopping;

    /** @param topic to which nobody else has subscribed, and below which there are none */
    public HostileClients(InetSocketAddress server, SignOn signOn, String topic) {
        this.sockets = new Sockets(server, signOn);
        this.topic = topic;
    }

    /** Adds connections that send the beginning of a CONNECT and no more. */
    public HostileClients halfOpen(int connections) {
        ByteBuffer one = ByteBuffer.allocate(1);
        kinds.add(new HeldSockets(
                sockets, connections, number -> HALF_A_CONNECT, channel -> channel.read(one.clear()) < 0));
        return this;
    }

    /** Adds subscribers that never read, and a publisher that sends to them. */
    public HostileClients deaf(int subscribers) {
        kinds.add(new DeafClients(sockets, topic, subscribers));
        return this;
    }

    /** Adds a publisher that sends as much as its socket takes, and does not wait for acknowledgements. */
    public HostileClients flooding() {
        kinds.add(new FloodingClient(sockets, topic + "/flood"));
        return this;
    }

    /** Adds clients that sign on and leave in a loop. */
    public HostileClients connecting(int clients) {
        kinds.add(new RestlessClients(sockets, "restless-", clients, false));
        return this;
    }

    /** Adds one client that signs on again and again while it is online, so that it takes itself over. */
    public HostileClients takingItselfOver() {
        kinds.add(new RestlessClients(sockets, "torn-", 1, true));
        return this;
    }

    /** Lets them begin, and returns when they have gone on for ten seconds. */
    public HostileClients start() {
        thread.setDaemon(true);
        thread.start();
        try {
            if (!ready.await(READY_SECONDS, TimeUnit.SECONDS)) {
                throw new LoadFailure("the hostile clients had not their turns in " + READY_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            throw new LoadFailure("interrupted", e);
        }
        return this;
    }

    /** How often one of them was disconnected, and came back. */
    public long thrownOut() {
        return thrownOut.get();
    }

    private void run() {
        try {
            for (int turn = 0; !stopping; turn++) {
                for (HostileKind kind : kinds) {
                    thrownOut.addAndGet(kind.turn(turn));
                }
                ready.countDown();
                TimeUnit.MILLISECONDS.sleep(TURN_MILLIS);
            }
        } catch (IOException | LoadFailure e) {
            if (!stopping) {
                throw new LoadFailure("the hostile clients failed: " + e.getMessage(), e);
            }
        } catch (InterruptedException stopped) {
            // which is what close asked for; it may interrupt a connect, too
        }
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        try {
            thread.join();
            for (HostileKind kind : kinds) {
                kind.close();
            }
        } catch (InterruptedException | IOException e) {
            throw new LoadFailure("the hostile clients could not be stopped", e);
        }
    }
}
