package isthmus.gateway.session;

import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.store.BacklogReader;
import java.util.ArrayList;
import java.util.List;

/** The P2P messages that were kept while the Client, whose session is not stored, was absent. */
final class InboxSource implements PageSource {
    private final SessionContext context;
    private final BacklogReader index;
    private final List<BacklogReader.Source> inbox;
    private final long upTo;
    private long after = -1;

    /** @param upTo messages after this position come from the feed */
    InboxSource(SessionContext context, int inboxId, long upTo) {
        this.context = context;
        this.index = new BacklogReader(context.store());
        this.inbox = List.of(new BacklogReader.Source(inboxId, QoS.EXACTLY_ONCE, -1));
        this.upTo = upTo;
    }

    @Override
    public Page read() {
        BacklogReader.Slice slice = index.read(inbox, after, PAGE_MESSAGES);
        List<Outgoing> messages = new ArrayList<>(slice.entries().size());
        int bytes = 0;
        for (BacklogReader.Entry entry : slice.entries()) {
            if (entry.position() > upTo) {
                return new Page(messages, after, true);
            }
            if (bytes > PAGE_BYTES) {
                return new Page(messages, after, false);
            }
            after = entry.position();
            LoggedMessage message = context.log().read(after).orElse(null);
            if (message != null) {
                Outgoing outgoing = new Outgoing(message, message.qos(), Outgoing.Origin.INBOX, 0);
                messages.add(outgoing);
                bytes += outgoing.bytes();
            }
        }
        return new Page(messages, after, slice.exhausted());
    }
}
