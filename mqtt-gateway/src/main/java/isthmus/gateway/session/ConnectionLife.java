package isthmus.gateway.session;

import io.netty.channel.Channel;
import isthmus.gateway.limits.Refusals;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Who a connection is and how long it lived: one line in the log for each. Event loop only. */
final class ConnectionLife {
    private static final Logger LOG = LoggerFactory.getLogger("isthmus.connections");

    /** Why a Client was not let in, where that is news: not that it went away by itself, or was too slow. */
    private static final Set<DisconnectReason> TOLD = Set.of(
            DisconnectReason.REFUSED,
            DisconnectReason.BANNED,
            DisconnectReason.PROTOCOL_VIOLATION,
            DisconnectReason.LIMIT_EXCEEDED,
            DisconnectReason.TRANSPORT_FAILED);

    private @Nullable String clientId;
    private @Nullable String channelId;
    private @Nullable SocketAddress remote;
    private long connectedNanos;
    private boolean connected;

    /** Keeps the address, because a closed socket no longer tells it. */
    void accepted(Channel channel) {
        remote = channel.remoteAddress();
    }

    void connecting(String client) {
        clientId = client;
    }

    void connected(long nanoTime) {
        connected = true;
        connectedNanos = nanoTime;
    }

    String channelId() {
        if (channelId == null) {
            channelId = UUID.randomUUID().toString().replace("-", "");
        }
        return channelId;
    }

    /** {@code ip:port}. */
    String remoteAddress() {
        return remote instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : String.valueOf(remote);
    }

    String describe() {
        return (clientId == null ? "no client id yet" : clientId) + " from " + remoteAddress();
    }

    /** Clients that were in are an operator's business; of those that were not, the first few. Counters cover the rest. */
    void log(DisconnectReason reason, String detail, Refusals refusals) {
        String text = detail.isEmpty() ? reason.text() : reason.text() + ": " + detail;
        if (connected) {
            long seconds = (System.nanoTime() - connectedNanos) / 1_000_000_000L;
            LOG.info("{} was connected for {} s; {}", describe(), seconds, text);
        } else if (TOLD.contains(reason) && refusals.mayHaveOwnLine()) {
            LOG.info("{} was not let in; {}", describe(), text);
        } else {
            LOG.debug("{} never connected; {}", describe(), text);
        }
    }

    /** A subscription that a Client did not get: the first few, as above. */
    void logRefused(String filter, String why, Refusals refusals) {
        Level level = refusals.mayHaveOwnLine() ? Level.INFO : Level.DEBUG;
        LOG.atLevel(level).log("{} may not subscribe to {}; {}", describe(), filter, why);
    }
}
