package isthmus.gateway.session;

import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.store.BacklogReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The backlog of a stored session: its entries in the backlog index, from a position on. */
final class StoredCatchUp implements PageSource {
    private final SessionContext context;
    private final HeldSubscriptions subscriptions;
    private final BacklogReader index;
    private long after;

    StoredCatchUp(SessionContext context, HeldSubscriptions subscriptions, long after) {
        this.context = context;
        this.subscriptions = subscriptions;
        this.index = new BacklogReader(context.store());
        this.after = after;
    }

    @Override
    public Page read() {
        // Read before the index: everything up to here is in it. What is indexed meanwhile is seen for one filter and
        // not
        // for another; it comes from the feed, or with the next catching up.
        long indexed = context.router().indexed();
        BacklogReader.Slice slice = index.read(subscriptions.sources(), after, PAGE_MESSAGES);
        List<Outgoing> messages = new ArrayList<>(slice.entries().size());
        int bytes = 0;
        boolean last = slice.exhausted();
        for (BacklogReader.Entry entry : slice.entries()) {
            if (entry.position() > indexed) {
                last = true;
                break;
            }
            if (bytes > PAGE_BYTES) {
                return new Page(messages, after, false);
            }
            after = entry.position();
            Optional<LoggedMessage> message = context.log().read(after);
            if (message.isPresent()) {
                Outgoing outgoing =
                        Outgoing.fromLog(message.get(), message.get().qos().min(entry.qos()));
                messages.add(outgoing);
                bytes += outgoing.bytes();
            }
        }
        if (last) {
            after = Math.max(after, indexed);
        }
        return new Page(messages, after, last);
    }
}
