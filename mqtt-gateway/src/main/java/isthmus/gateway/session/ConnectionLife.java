package isthmus.gateway.session;

import io.netty.channel.Channel;
import isthmus.gateway.codec.TopicSyntax;
import isthmus.gateway.limits.Refusals;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Who a connection is and how long it lived: one line in the log for each Client that was in, and for those that were
 * refused something as many as {@link Refusals} allows. Event loop only.
 */
final class ConnectionLife {
    private static final Logger LOG = LoggerFactory.getLogger("isthmus.connections");

    /** Why a Client was not let in, where that is news: not that it went away by itself, or was too slow. */
    private static final Map<DisconnectReason, Refusals.Kind> TOLD = Map.of(
            DisconnectReason.REFUSED, Refusals.Kind.CONNECT,
            DisconnectReason.BANNED, Refusals.Kind.CONNECT,
            DisconnectReason.PROTOCOL_VIOLATION, Refusals.Kind.STRANGER,
            DisconnectReason.LIMIT_EXCEEDED, Refusals.Kind.STRANGER,
            DisconnectReason.TRANSPORT_FAILED, Refusals.Kind.STRANGER);

    /** So many of the Topic Filters of one SUBSCRIBE are named. */
    private static final int MOST_FILTERS = 5;

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

    /** Clients that were in are an operator's business; of those that were not, the first few of a kind. */
    void log(DisconnectReason reason, String detail, Refusals refusals) {
        String text = detail.isEmpty() ? reason.text() : reason.text() + ": " + detail;
        Refusals.Kind refused = TOLD.get(reason);
        if (connected) {
            long seconds = (System.nanoTime() - connectedNanos) / 1_000_000_000L;
            LOG.info("{} was connected for {} s; {}", describe(), seconds, text);
        } else if (refused != null && refusals.mayHaveOwnLine(refused)) {
            LOG.info("{} was not let in; {}", describe(), text);
        } else {
            LOG.debug("{} never connected; {}", describe(), text);
        }
    }

    /**
     * A SUBSCRIBE of which a Client did not get everything: the first few.
     *
     * @param objections by Topic Filter, one at least
     */
    void logRefused(Map<String, String> objections, Refusals refusals) {
        Level level = refusals.mayHaveOwnLine(Refusals.Kind.SUBSCRIBE) ? Level.INFO : Level.DEBUG;
        LOG.atLevel(level).log(() -> describe() + " may not subscribe to " + sentence(objections));
    }

    private static String sentence(Map<String, String> objections) {
        String first = objections.entrySet().stream()
                .limit(MOST_FILTERS)
                .map(objection -> TopicSyntax.printable(objection.getKey()) + "; " + objection.getValue())
                .collect(Collectors.joining("; nor to "));
        int more = objections.size() - MOST_FILTERS;
        return more <= 0 ? first : first + "; nor to " + more + " more";
    }
}
