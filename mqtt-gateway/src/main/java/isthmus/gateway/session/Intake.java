package isthmus.gateway.session;

import io.netty.channel.ChannelConfig;
import isthmus.gateway.codec.Packet;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Decides when a connection is read: not while the gateway or the Client has to catch up. What was read already, one
 * buffer of the socket at most, waits here in its order; nothing is lost when the Client has closed meanwhile. Event loop
 * only.
 */
final class Intake {
    /** Why the connection is not read for now. */
    enum Pause {
        /** The Client is not connected yet. */
        CONNECTING,
        /** SUBSCRIBE or UNSUBSCRIBE is not in effect yet. */
        SUBSCRIPTIONS,
        /** Many messages wait for the log. */
        LOG,
        /** Many packets wait for the session store. */
        STORE,
        /** The Client does not read what it is sent. */
        SOCKET
    }

    private static final Set<Pause> CLIENT = EnumSet.of(Pause.SOCKET);

    private final ChannelConfig channel;
    private final Consumer<Packet> handler;
    private final Runnable atEnd;
    private final Set<Pause> pauses = EnumSet.noneOf(Pause.class);
    private final Queue<Packet> waiting = new ArrayDeque<>();
    private boolean handling;
    private boolean ended;
    private boolean closed;

    /**
     * @param handler takes the packets
     * @param atEnd called when the last packet of a connection that has ended was taken
     */
    Intake(ChannelConfig channel, Consumer<Packet> handler, Runnable atEnd) {
        this.channel = channel;
        this.handler = handler;
        this.atEnd = atEnd;
    }

    /** A packet was read. */
    void take(Packet packet) {
        waiting.add(packet);
        handleWaiting();
    }

    /** Nothing more will be read, nor sent. */
    void end() {
        ended = true;
        pauses.remove(Pause.SOCKET);
        handleWaiting();
    }

    void pause(Pause pause) {
        boolean forNothing = ended && pause == Pause.SOCKET;
        if (!forNothing && pauses.add(pause)) {
            channel.setAutoRead(false);
        }
    }

    /** Goes on with the packets that were read already, then with reading. */
    void resume(Pause pause) {
        if (pauses.remove(pause)) {
            handleWaiting();
            if (pauses.isEmpty() && !ended && !closed) {
                channel.setAutoRead(true);
            }
        }
    }

    /** One after the other, although taking one may end a pause. */
    private void handleWaiting() {
        if (handling) {
            return;
        }
        handling = true;
        try {
            while (pauses.isEmpty() && !waiting.isEmpty()) {
                handler.accept(waiting.remove());
            }
        } finally {
            handling = false;
        }
        if (ended && waiting.isEmpty() && !closed) {
            atEnd.run();
        }
    }

    /** Whether the Client cannot be heard although it has done nothing wrong. */
    boolean isDeafByItself() {
        return !pauses.isEmpty() && !CLIENT.containsAll(pauses);
    }

    /** The connection is over: what waits goes. */
    void close() {
        closed = true;
        waiting.clear();
    }
}
