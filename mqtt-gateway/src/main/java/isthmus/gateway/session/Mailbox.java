package isthmus.gateway.session;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a session was told and has not carried out yet, and the event loop that owns the session. Any thread may tell;
 * only the owner drains. When the session goes to another loop, the old owner stops draining before the new one begins.
 */
final class Mailbox {
    /** So many commands are carried out before the loop looks after its other sessions and sockets. */
    private static final int MOST_COMMANDS = 512;

    /** Whose mailbox it is. Called on the owner's loop. */
    interface Reader {
        /** Must not throw: what was told behind this command waits for it. */
        void carryOut(SessionCommand command);

        /** Nothing more waits, or others have their turn: the time to flush. */
        void flush();
    }

    private final Reader reader;
    private final Queue<SessionCommand> commands = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile SessionLoop owner;
    /** What the new owner begins with. Owner thread only. */
    private @Nullable SessionCommand first;

    Mailbox(Reader reader, SessionLoop owner) {
        this.reader = reader;
        this.owner = owner;
    }

    /** Has the command carried out on the owner's loop, after those told before. Any thread; never waits. */
    void tell(SessionCommand command) {
        commands.add(command);
        schedule();
    }

    private void schedule() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            owner.schedule(this);
        }
    }

    /** Carries out what was told. Called by the owner's loop. */
    void drain() {
        SessionLoop loop = owner;
        assert loop.inLoop();
        for (int i = 0; i < MOST_COMMANDS; i++) {
            SessionCommand command = first == null ? commands.poll() : first;
            if (command == null) {
                break;
            }
            first = null;
            reader.carryOut(command);
            if (owner != loop) {
                owner.schedule(this);
                return;
            }
        }
        reader.flush();
        scheduled.set(false);
        if (!commands.isEmpty()) {
            schedule();
        }
    }

    /** The loop that owns the session. Does not change while the owner looks. */
    SessionLoop owner() {
        return owner;
    }

    /** Called while a command is carried out: another loop owns the session from now on, and begins with this one. */
    void moveTo(SessionLoop next, SessionCommand command) {
        first = command;
        owner = next;
    }
}
