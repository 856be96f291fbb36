package isthmus.gateway.session;

import isthmus.gateway.routing.Subscription;
import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.SessionStore.RetainedView;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The retained messages that new subscriptions match, as they were when the subscriptions took effect (section 3.3.1.3). */
final class RetainedSource implements PageSource {
    private final RetainedView view;
    private final Iterator<Subscription> rest;
    private @Nullable Subscription current;
    private String after = "";

    /** Takes over the view and closes it. */
    RetainedSource(RetainedView view, List<Subscription> subscriptions) {
        this.view = view;
        this.rest = subscriptions.iterator();
    }

    @Override
    public Page read() {
        List<Outgoing> messages = new ArrayList<>();
        int bytes = 0;
        while (messages.size() < PAGE_MESSAGES && bytes < PAGE_BYTES) {
            if (current == null) {
                if (!rest.hasNext()) {
                    return new Page(messages, 0, true);
                }
                current = rest.next();
                after = "";
            }
            List<LoggedMessage> found = view.find(current.filter().text(), after, 1);
            if (found.isEmpty()) {
                current = null;
                continue;
            }
            LoggedMessage message = found.get(0);
            after = message.topic();
            Outgoing outgoing = new Outgoing(message, message.qos().min(current.qos()), Outgoing.Origin.RETAINED, 0);
            messages.add(outgoing);
            bytes += outgoing.bytes();
        }
        return new Page(messages, 0, false);
    }

    @Override
    public void close() {
        view.close();
    }
}
