package isthmus.gateway.session;

import isthmus.gateway.codec.Packet;
import isthmus.gateway.spi.SessionStore;
import isthmus.gateway.spi.StoreChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a stored session, gathered while packets are handled and written together, and the packets that may
 * only be sent when the changes before them can no longer be lost: those of QoS 2, where forgetting a step would repeat a
 * message, and the answers to SUBSCRIBE and UNSUBSCRIBE. A session that is not stored writes nothing and sends at once.
 * Owner thread only.
 */
final class StoreWrites {
    private final SessionStore store;
    private final Session session;
    private final Attachment attachment;
    private List<StoreChange> changes = new ArrayList<>();
    private List<Runnable> after = new ArrayList<>();
    private long cursor = -1;
    private int writesWaitedFor;

    StoreWrites(SessionStore store, Session session, Attachment attachment) {
        this.store = store;
        this.session = session;
        this.attachment = attachment;
    }

    void add(StoreChange change) {
        if (attachment.stored()) {
            changes.add(change);
        }
    }

    /** Everything up to and including this position has been taken. */
    void moveCursor(long position) {
        if (attachment.stored()) {
            cursor = position;
        }
    }

    /** Sends the packet once everything added so far is written. */
    void sendAfter(Packet packet) {
        runAfter(() -> attachment.connection().write(packet));
    }

    /** Goes on once everything added so far is written, and everything that the feed wrote before. */
    void runAfter(Runnable then) {
        if (attachment.stored()) {
            after.add(then);
        } else {
            then.run();
        }
    }

    /** Sends the packet at once, or behind those that wait for the store, so that the order of the log is kept. */
    void sendInOrder(Packet packet) {
        if (after.isEmpty() && writesWaitedFor == 0) {
            attachment.connection().write(packet);
        } else {
            after.add(() -> attachment.connection().write(packet));
        }
    }

    /** Hands over what was gathered. */
    void flush() {
        if (cursor >= 0) {
            changes.add(new StoreChange.CursorMoved(session.clientId(), cursor));
            cursor = -1;
        }
        if (changes.isEmpty() && after.isEmpty()) {
            return;
        }
        List<StoreChange> gathered = changes;
        changes = new ArrayList<>();
        if (after.isEmpty()) {
            store.writeSoon(gathered);
            return;
        }
        List<Runnable> waiting = after;
        after = new ArrayList<>();
        writesWaitedFor++;
        store.write(gathered)
                .whenComplete((done, failure) -> session.tell(
                        new SessionCommand.Continue(attachment, () -> onWritten(waiting, failure), () -> {})));
    }

    private void onWritten(List<Runnable> waiting, @Nullable Throwable failure) {
        writesWaitedFor--;
        if (failure == null) {
            waiting.forEach(Runnable::run);
        } else {
            attachment
                    .connection()
                    .close(
                            DisconnectReason.INTERNAL_ERROR,
                            "the session store refused to write: " + Failures.sentence(failure));
        }
    }
}
