package isthmus.gateway.session;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection over which nothing came for one and a half times the Keep Alive [MQTT-3.1.2-24]. One timer, set anew
 * when it fires, not with each packet. Event loop only.
 */
final class KeepAlive {
    private final EventLoop eventLoop;
    private final BooleanSupplier deaf;
    private final Runnable expired;
    private long allowedNanos;
    private long lastPacket;
    private @Nullable ScheduledFuture<?> timer;

    /** @param deaf whether the connection is not read for now, which is not the Client's fault */
    KeepAlive(EventLoop eventLoop, BooleanSupplier deaf, Runnable expired) {
        this.eventLoop = eventLoop;
        this.deaf = deaf;
        this.expired = expired;
    }

    /** @param seconds as the Client asked for; 0 means that it may be silent for ever */
    void start(int seconds) {
        if (seconds > 0) {
            allowedNanos = Duration.ofSeconds(seconds).toNanos() * 3 / 2;
            packetCame();
            schedule(allowedNanos);
        }
    }

    void packetCame() {
        lastPacket = System.nanoTime();
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void schedule(long nanos) {
        timer = eventLoop.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
    }

    private void check() {
        if (deaf.getAsBoolean()) {
            packetCame();
        }
        long left = allowedNanos - (System.nanoTime() - lastPacket);
        if (left <= 0) {
            expired.run();
        } else {
            schedule(left);
        }
    }
}
