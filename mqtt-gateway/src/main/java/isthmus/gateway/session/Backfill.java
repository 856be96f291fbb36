package isthmus.gateway.session;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one attachment that come from the disk: its sources one after the other, one page in memory, the next
 * one asked for when that is used up. Owner thread only; pages are read on reader threads.
 */
final class Backfill {
    private final SessionContext context;
    private final Session session;
    private final Attachment attachment;
    private final LongConsumer caughtUp;
    private final Queue<PageSource> sources = new ArrayDeque<>();
    private final Queue<Outgoing> page = new ArrayDeque<>();
    private boolean reading;
    private boolean stopped;
    private long cutOff = Long.MAX_VALUE;

    /** @param caughtUp called when the log was read to its end, with the last position read */
    Backfill(SessionContext context, Session session, Attachment attachment, LongConsumer caughtUp) {
        this.context = context;
        this.session = session;
        this.attachment = attachment;
        this.caughtUp = caughtUp;
    }

    void add(PageSource source) {
        sources.add(source);
    }

    boolean isDone() {
        return page.isEmpty() && sources.isEmpty();
    }

    /** The next message, or null when there is none now: either all is done or a page is being read. */
    @Nullable
    Outgoing peek() {
        Outgoing next = page.peek();
        if (next == null) {
            request();
        }
        return next;
    }

    void remove() {
        page.remove();
    }

    /**
     * The session subscribed to more, for messages after a position: a page that is being read in log order may lack
     * some of those, and is used up to there only.
     */
    void subscriptionsGrew(long at) {
        if (reading) {
            cutOff = Math.min(cutOff, at);
        }
    }

    void stop() {
        stopped = true;
        page.clear();
        if (!reading) {
            sources.forEach(PageSource::close);
            sources.clear();
        }
    }

    private void request() {
        PageSource source = sources.peek();
        if (source == null || reading || stopped) {
            return;
        }
        reading = true;
        try {
            context.readers().execute(() -> readPage(source));
        } catch (RejectedExecutionException shuttingDown) {
            stop();
        }
    }

    /** On a reader thread. */
    private void readPage(PageSource source) {
        SessionCommand.Continue answer;
        try {
            PageSource.Page read = source.read();
            answer = new SessionCommand.Continue(attachment, () -> onPage(source, read), this::onReadTooLate);
        } catch (RuntimeException failure) {
            answer = new SessionCommand.Continue(attachment, () -> onFailure(failure), this::onReadTooLate);
        }
        session.tell(answer);
    }

    private void onPage(PageSource source, PageSource.Page read) {
        reading = false;
        boolean cut = source.inLogOrder() && read.upTo() > cutOff;
        for (Outgoing each : read.messages()) {
            if (!cut || (each.message() != null && each.message().position() <= cutOff)) {
                page.add(each);
            }
        }
        if (read.last() || cut) {
            sources.remove();
            source.close();
            if (source.inLogOrder()) {
                caughtUp.accept(cut ? cutOff : read.upTo());
            }
        }
        cutOff = Long.MAX_VALUE;
    }

    private void onReadTooLate() {
        reading = false;
        stop();
    }

    private void onFailure(RuntimeException failure) {
        onReadTooLate();
        attachment.connection().fail("reading waiting messages failed", failure);
    }
}
