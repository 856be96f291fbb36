package isthmus.gateway.session;

import isthmus.gateway.routing.Subscription;
import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.QoS;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session that is not stored was too slow to take: the log itself, from where the session stopped. Costs nobody
 * any memory, and only the slow Client the reading. QoS 0 messages are left out; they were dropped.
 */
final class LogCatchUp implements PageSource {
    private final SessionContext context;
    private final String clientId;
    private final HeldSubscriptions subscriptions;
    private final long after;
    private long next;

    /**
     * Reads what follows a position.
     *
     * @param after messages up to and including this position are passed over
     * @param from where to begin to read: a record begins there
     */
    LogCatchUp(SessionContext context, String clientId, HeldSubscriptions subscriptions, long after, long from) {
        this.context = context;
        this.clientId = clientId;
        this.subscriptions = subscriptions;
        this.after = after;
        this.next = from;
    }

    @Override
    public Page read() {
        long end = context.router().indexed() + 1;
        List<Subscription> held = subscriptions.list();
        List<Outgoing> messages = new ArrayList<>();
        int[] bytes = {0};
        next = context.log().scan(next, end, message -> {
            QoS qos = levelFor(message, held);
            if (message.position() > after && qos != null && qos != QoS.AT_MOST_ONCE) {
                Outgoing outgoing = Outgoing.fromLog(message, qos);
                messages.add(outgoing);
                bytes[0] += outgoing.bytes();
            }
            return messages.size() < PAGE_MESSAGES && bytes[0] < PAGE_BYTES;
        });
        return new Page(messages, next - 1, next >= end);
    }

    /** The level at which the session is to get the message, or null when it is not. */
    private @Nullable QoS levelFor(LoggedMessage message, List<Subscription> held) {
        if (message.target() != null) {
            return clientId.equals(message.target()) ? message.qos() : null;
        }
        QoS highest = null;
        for (Subscription each : held) {
            if (message.position() > each.since() && each.filter().matches(message.topic())) {
                highest = highest == null ? each.qos() : highest.max(each.qos());
            }
        }
        return highest == null ? null : highest.min(message.qos());
    }
}
