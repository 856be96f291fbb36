package isthmus.gateway.session;

import isthmus.gateway.spi.LoggedMessage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What an earlier connection sent and the Client did not acknowledge, in the same order [MQTT-4.6.0-1]. */
final class RedeliverySource implements PageSource {
    private final SessionContext context;
    private final Iterator<OutboundWindow.Entry> entries;

    RedeliverySource(SessionContext context, List<OutboundWindow.Entry> unacknowledged) {
        this.context = context;
        this.entries = unacknowledged.iterator();
    }

    @Override
    public Page read() {
        List<Outgoing> messages = new ArrayList<>();
        int bytes = 0;
        while (entries.hasNext() && messages.size() < PAGE_MESSAGES && bytes < PAGE_BYTES) {
            OutboundWindow.Entry entry = entries.next();
            LoggedMessage message = entry.retained() != null
                    ? entry.retained()
                    : context.log().read(entry.position()).orElse(null);
            Outgoing outgoing = new Outgoing(message, entry.qos(), Outgoing.Origin.REDELIVERED, entry.packetId());
            messages.add(outgoing);
            bytes += outgoing.bytes();
        }
        return new Page(messages, 0, !entries.hasNext());
    }
}
