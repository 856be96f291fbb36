package isthmus.gateway.session;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one attachment that come from the disk: its sources one after the other, one page in memory, the next
 * one asked for when that is used up. Catching up with the log goes last, so that the retained messages of a new
 * subscription come before what was published after it. Owner thread only; pages are read on reader threads.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a page that is read in vain is dropped
final class Backfill {
    private final SessionContext context;
    private final Session session;
    private final Attachment attachment;
    private final LongConsumer caughtUp;
    private final Queue<PageSource> sources = new ArrayDeque<>();
    private final Queue<Outgoing> page = new ArrayDeque<>();
    private long pageBytes;
    private @Nullable PageSource catchUp;
    private @Nullable PageSource reading;
    private boolean stopped;
    /** Whether much more of the log waits than a page. */
    private boolean far;

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

    /** Reads what the session missed, in the order of the log. There is one such source at a time. */
    void catchUp(PageSource source) {
        catchUp = source;
    }

    boolean isDone() {
        return page.isEmpty() && sources.isEmpty() && catchUp == null;
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
        pageBytes -= page.remove().bytes();
    }

    /** What the page holds that is not used up. */
    long bytes() {
        return pageBytes;
    }

    /**
     * The session subscribed to more, for messages after a position: a page of the log that is being read may lack some
     * of those, and is used up to there only. Pages that are asked for later have them.
     */
    void subscriptionsGrew(long at) {
        if (reading != null && reading == catchUp) {
            cutOff = Math.min(cutOff, at);
        }
    }

    void stop() {
        stopped = true;
        page.clear();
        pageBytes = 0;
        if (reading == null) {
            sources.forEach(PageSource::close);
            sources.clear();
        }
    }

    private void request() {
        PageSource source = sources.isEmpty() ? catchUp : sources.peek();
        if (source == null || reading != null || stopped) {
            return;
        }
        reading = source;
        long wait = far && source == catchUp ? context.pace().delayFor(PageSource.PAGE_MESSAGES) : 0;
        if (wait == 0) {
            read(source);
        } else {
            attachment.connection().eventLoop().schedule(() -> read(source), wait, TimeUnit.NANOSECONDS);
        }
    }

    /** On the event loop of the connection, also when that is over and the session has another owner. */
    private void read(PageSource source) {
        try {
            context.readers().execute(() -> readPage(source));
        } catch (RejectedExecutionException shuttingDown) {
            session.tell(new SessionCommand.Continue(attachment, this::onReadTooLate, this::onReadTooLate));
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
        reading = null;
        if (source == catchUp) {
            onPageOfLog(read);
            return;
        }
        read.messages().forEach(this::add);
        if (read.last()) {
            sources.remove();
            source.close();
        }
    }

    private void add(Outgoing message) {
        page.add(message);
        pageBytes += message.bytes();
    }

    private void onPageOfLog(PageSource.Page read) {
        boolean cut = read.upTo() > cutOff;
        far = CatchUpPace.isFar(read.upTo(), context.router().indexed());
        for (Outgoing each : read.messages()) {
            if (!cut || (each.message() != null && each.message().position() <= cutOff)) {
                add(each);
            }
        }
        if (read.last() || cut) {
            catchUp = null;
            caughtUp.accept(cut ? cutOff : read.upTo());
        }
        cutOff = Long.MAX_VALUE;
    }

    private void onReadTooLate() {
        reading = null;
        stop();
    }

    private void onFailure(RuntimeException failure) {
        onReadTooLate();
        attachment.connection().fail("reading waiting messages failed", failure);
    }
}
