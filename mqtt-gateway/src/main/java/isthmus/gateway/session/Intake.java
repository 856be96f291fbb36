package isthmus.gateway.session;

import io.netty.channel.ChannelConfig;
import isthmus.gateway.codec.Packet;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
        /** A parent topic is being made. */
        TOPICS,
        /** Many messages wait for the log. */
        LOG,
        /** The Client does not read what it is sent. */
        SOCKET
    }

    private final ChannelConfig channel;
    private final Consumer<Packet> handler;
    private final Set<Pause> pauses = EnumSet.noneOf(Pause.class);
    /** Mostly empty: what comes is handled at once. */
    private final Queue<Packet> waiting = new ArrayDeque<>(2);

    private boolean handling;
    private @Nullable Runnable atEnd;
    private boolean closed;

    /** @param handler takes the packets */
    Intake(ChannelConfig channel, Consumer<Packet> handler) {
        this.channel = channel;
        this.handler = handler;
    }

    /** A packet was read. */
    void take(Packet packet) {
        waiting.add(packet);
        handleWaiting();
    }

    /**
     * Nothing that is read from now on counts. A Client that publishes, takes its leave and closes at once has done all
     * three, and has no Will [MQTT-3.14.4-3].
     *
     * @param then called when the last packet that waits was taken; only the first call of this method has a say
     */
    void end(Runnable then) {
        if (atEnd == null) {
            atEnd = then;
            pauses.remove(Pause.SOCKET);
            handleWaiting();
        }
    }

    void pause(Pause pause) {
        boolean forNothing = atEnd != null && pause == Pause.SOCKET;
        if (!forNothing && pauses.add(pause)) {
            channel.setAutoRead(false);
        }
    }

    /** Goes on with the packets that were read already, then with reading. */
    void resume(Pause pause) {
        if (pauses.remove(pause)) {
            handleWaiting();
            if (pauses.isEmpty() && atEnd == null && !closed) {
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
        if (atEnd != null && waiting.isEmpty() && !closed) {
            atEnd.run();
        }
    }

    /** Whether the Client cannot be heard although it has done nothing wrong. */
    boolean isDeafByItself() {
        return pauses.stream().anyMatch(pause -> pause != Pause.SOCKET);
    }

    /** The connection is over: what waits goes. */
    void close() {
        closed = true;
        waiting.clear();
    }
}
