package isthmus.gateway.session;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose socket took nothing for a while although bytes wait for it: a Client that stopped reading. One
 * that reads slowly may stay. Event loop only.
 */
final class StallWatch {
    private final Channel channel;
    private final Duration patience;
    private final Runnable stalled;
    private long waiting;
    private @Nullable ScheduledFuture<?> timer;

    /** @param stalled called when so much time has passed and nothing went out */
    StallWatch(Channel channel, Duration patience, Runnable stalled) {
        this.channel = channel;
        this.patience = patience;
        this.stalled = stalled;
    }

    /** The socket takes nothing more for now. */
    void start() {
        if (timer == null) {
            schedule();
        }
    }

    /** The socket takes bytes again, or is closed. */
    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** Bytes that wait for the socket. */
    long waitingBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    private void schedule() {
        waiting = waitingBytes();
        timer = channel.eventLoop().schedule(this::check, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void check() {
        if (waitingBytes() < waiting) {
            schedule();
        } else {
            timer = null;
            stalled.run();
        }
    }
}
