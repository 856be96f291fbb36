package isthmus.gateway.session;

import isthmus.gateway.admin.LastDisconnect;
import isthmus.gateway.auth.Identity;
import isthmus.gateway.limits.Limit;
import isthmus.gateway.routing.Subscription;
import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.spi.StoredSession;
import isthmus.gateway.store.BacklogReader;
import isthmus.gateway.topics.TopicFilter;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Session state of one Client (MQTT 3.1.1, section 3.1.2.4): its subscriptions, the QoS 1 and 2 messages that were
 * sent to it and not completely acknowledged, the QoS 2 messages received from it and not completely acknowledged, and,
 * as a position in the log, the messages that still wait for it.
 *
 * <p>A session has one owner at a time, the event loop of its connection, and only that thread touches its fields. Others
 * {@link #tell} it a command, which waits in the {@link Mailbox}. A takeover is one more command: the old owner ends
 * the old connection and hands the mailbox over to the loop of the new one.
 */
final class Session implements Mailbox.Reader {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final String clientId;
    private final SessionContext context;
    private final SessionRegistry registry;
    private final Mailbox mailbox;
    private volatile long cursor;
    /** When the last connection of a stored session ended, milliseconds; 0 while there is one. */
    private volatile long leftMillis;

    private volatile boolean stored;
    /** Of the Client that is there; null while there is none. */
    private volatile @Nullable Identity identity;
    /** When to look whether it may still stay, milliseconds since the epoch. */
    private volatile long recheckMillis = Identity.NEVER;

    // owner thread only
    private final HeldSubscriptions subscriptions = new HeldSubscriptions();
    private final OutboundWindow window;
    private final ReceivedIds received = new ReceivedIds();
    private final SessionView view = new SessionView();
    private @Nullable Attachment attachment;
    private boolean ended;

    Session(String clientId, SessionLoop owner, SessionContext context, SessionRegistry registry) {
        this.clientId = clientId;
        this.mailbox = new Mailbox(this, owner);
        this.context = context;
        this.registry = registry;
        this.window = new OutboundWindow(context.limits().inFlight());
    }

    /** Takes over the stored part. Before the session is known to anybody. */
    void restore(StoredSession state) {
        stored = true;
        context.capacity().storedSessions().take();
        cursor = state.cursor();
        // Not in the future: the clock may have been set back while the server was down.
        long now = context.clock().millis();
        leftMillis = state.leftMillis() == 0 ? now : Math.min(state.leftMillis(), now);
        window.restore(state.inFlight());
        received.restore(state.received());
        List<Subscription> list = state.subscriptions().stream()
                .map(each -> new Subscription(TopicFilter.of(each.filter()), each.qos(), each.since()))
                .toList();
        subscriptions.restore(list);
        list.forEach(each -> context.capacity().subscriptions().take());
        subscriptions.indexed(list, context.router().filterIds(list));
    }

    /** Has the command carried out on the owner thread, after those told before. Any thread; never waits. */
    void tell(SessionCommand command) {
        mailbox.tell(command);
    }

    /** A bug ends the connection on which it shows, and not the session, which nobody could reach any more. */
    @Override
    public void carryOut(SessionCommand command) {
        try {
            dispatch(command);
        } catch (RuntimeException bug) {
            onBug(bug);
        }
    }

    @Override
    public void flush() {
        try {
            if (attachment != null) {
                attachment.flush();
            }
        } catch (RuntimeException bug) {
            onBug(bug);
        }
    }

    private void onBug(RuntimeException bug) {
        if (attachment == null) {
            LOG.error("an error in the server, in the session of {}", clientId, bug);
        } else {
            attachment.connection().fail("an error in the server", bug);
        }
    }

    /** The one switch on what may be told. */
    private void dispatch(SessionCommand command) {
        if (command instanceof SessionCommand.Deliver deliver) {
            deliver.to().taken(deliver.message());
            if (deliver.to() == attachment) {
                attachment.deliveries().onMessage(deliver.message(), deliver.qos());
            }
        } else if (command instanceof SessionCommand.CatchUp catchUp) {
            if (catchUp.to() == attachment) {
                attachment.deliveries().onMissed(catchUp.missed());
            }
        } else if (command instanceof SessionCommand.Stored storedMessage) {
            onStored(storedMessage);
        } else if (command instanceof SessionCommand.Attach attach) {
            attach(attach);
        } else if (command instanceof SessionCommand.Continue next) {
            (next.attachment() == attachment ? next.step() : next.otherwise()).run();
        } else if (command instanceof SessionCommand.EndIfUnused) {
            endIfUnused();
        } else if (command instanceof SessionCommand.Received known) {
            received.restore(known.packetId());
        } else if (command instanceof SessionCommand.Expire expire) {
            onExpire(expire);
        } else if (command instanceof SessionCommand.ClockStepped step) {
            onClockStepped(step);
        } else if (command instanceof SessionCommand.Recheck) {
            if (attachment != null) {
                attachment.recheck();
            }
        } else if (command instanceof SessionCommand.Sample sample) {
            context.counters().deliveryLatency().record(System.nanoTime() - sample.handedOverNanos());
        } else if (command instanceof SessionCommand.Disconnect disconnect) {
            boolean connected = attachment != null;
            closeConnection(disconnect.reason(), disconnect.detail());
            disconnect.done().complete(connected);
        } else if (command instanceof SessionCommand.Delete delete) {
            onDelete(delete);
        } else if (command instanceof SessionCommand.Watch watch) {
            if (attachment != null) {
                attachment.connection().watchedBy(watch.listener());
            }
            watch.done().complete(true);
        } else if (command instanceof SessionCommand.Shutdown shutdown) {
            closeConnection(DisconnectReason.SERVER_SHUTDOWN);
            shutdown.done().run();
        }
    }

    /** Never acknowledged on another connection; but what was not stored may be sent again. */
    private void onStored(SessionCommand.Stored storedMessage) {
        if (storedMessage.from() == attachment) {
            attachment.inbound().onStored(storedMessage.ack(), storedMessage.failure());
        } else if (storedMessage.failure() != null) {
            received.remove(storedMessage.ack().packetId());
        }
    }

    /** The old connection ends here, on its loop; the new one is let in on its own. */
    private void attach(SessionCommand.Attach attach) {
        if (ended) {
            registry.attach(attach);
            return;
        }
        closeConnection(DisconnectReason.TAKEN_OVER);
        SessionLoop loop = registry.loopOf(attach.connection());
        if (loop == mailbox.owner()) {
            accept(attach);
        } else {
            mailbox.moveTo(loop, attach);
        }
    }

    /** On the loop of the new connection. */
    private void accept(SessionCommand.Attach attach) {
        if (!attach.connection().isConnecting()) {
            tell(new SessionCommand.EndIfUnused());
            return;
        }
        boolean clean = attach.connect().cleanSession();
        boolean present = stored && !clean;
        boolean replaced = stored && clean;
        if (!stored && !clean && !context.capacity().storedSessions().tryTake()) {
            refuseToStore(attach.connection());
            return;
        }
        Attachment next = new Attachment(context, this, attach);
        attachment = next;
        attach.connection().attach(next);
        CompletionStage<Void> will = next.keepWill();
        if (replaced) {
            leftMillis = 0;
            discard(whenReady(next, will));
        } else if (present) {
            left(0);
            welcomeAfter(will, next, true);
        } else if (clean) {
            welcomeAfter(will, next, false);
        } else {
            open(next, will);
        }
    }

    private void refuseToStore(MqttConnection connection) {
        context.counters().refusals().count(Limit.STORED_SESSIONS);
        int most = context.capacity().storedSessions().most();
        connection.unavailable(
                "there are as many stored sessions as " + Limit.STORED_SESSIONS.setting() + " allows (" + most + ")");
        tell(new SessionCommand.EndIfUnused());
    }

    /** A new stored session: the Client is told of it when it survives a death of the process, as of the end of one. */
    private void open(Attachment next, @Nullable CompletionStage<Void> will) {
        stored = true;
        cursor = -1;
        leftMillis = 0;
        context.subscriptions().open(clientId, context.clock().millis(), whenReady(next, will));
    }

    /** What the Client is about to be told survives a death of the process, or could not be written. */
    private BiConsumer<@Nullable Void, @Nullable Throwable> whenReady(
            Attachment next, @Nullable CompletionStage<Void> will) {
        return (done, failure) -> {
            if (failure == null && will != null) {
                will.whenComplete((kept, notKept) -> tellReady(next, false, notKept));
            } else {
                tellReady(next, false, failure);
            }
        };
    }

    /** Nobody but a Client with a Will waits for anything. */
    private void welcomeAfter(@Nullable CompletionStage<Void> will, Attachment next, boolean present) {
        if (will == null) {
            next.welcome(present);
        } else {
            will.whenComplete((kept, failure) -> tellReady(next, present, failure));
        }
    }

    /** On the store's thread. */
    private void tellReady(Attachment next, boolean present, @Nullable Throwable failure) {
        tell(new SessionCommand.Continue(next, () -> welcome(next, present, failure), () -> {}));
    }

    private void welcome(Attachment next, boolean present, @Nullable Throwable failure) {
        if (failure == null) {
            next.welcome(present);
            return;
        }
        if (!present) {
            discard();
        }
        next.connection().unavailable("the session store refused to write: " + Failures.sentence(failure));
    }

    private void discard() {
        discard((done, failure) -> {});
    }

    /** The stored part goes, here and on the disk. */
    private void discard(BiConsumer<@Nullable Void, @Nullable Throwable> then) {
        context.subscriptions().forget(clientId, subscriptions.list(), then);
        clear();
    }

    private void clear() {
        context.capacity().storedSessions().giveBack(stored ? 1 : 0);
        context.capacity().subscriptions().giveBack(subscriptions.size());
        stored = false;
        cursor = -1;
        subscriptions.clear();
        window.clear();
        received.clear();
    }

    private void closeConnection(DisconnectReason reason) {
        closeConnection(reason, "");
    }

    private void closeConnection(DisconnectReason reason, String detail) {
        if (attachment != null) {
            attachment.connection().close(reason, detail);
        }
    }

    /** Gone when the caller is told. */
    private void onDelete(SessionCommand.Delete delete) {
        boolean existed = attachment != null || stored;
        closeConnection(DisconnectReason.SESSION_DELETED);
        if (stored) {
            discard((done, failure) -> {
                if (failure == null) {
                    delete.done().complete(true);
                } else {
                    delete.done().completeExceptionally(failure);
                }
            });
            endIfUnused();
        } else {
            delete.done().complete(existed);
        }
    }

    /** Called by the attachment when its connection has ended. */
    void detached(Attachment over) {
        if (over != attachment) {
            return;
        }
        attachment = null;
        identity = null;
        recheckMillis = Identity.NEVER;
        if (stored) {
            left(context.clock().millis());
        } else {
            clear();
            tell(new SessionCommand.EndIfUnused());
        }
    }

    /** What a restart after a kill finds has to be right, too. */
    private void left(long millis) {
        leftMillis = millis;
        context.store().write(List.of(new StoreChange.SessionLeft(clientId, millis)));
    }

    private void endIfUnused() {
        if (attachment == null && !stored && !ended) {
            ended = true;
            LastDisconnect last = view.lastDisconnect();
            if (last != null) {
                registry.departures().add(clientId, last);
            }
            registry.remove(this);
        }
    }

    private void onClockStepped(SessionCommand.ClockStepped step) {
        if (stored && leftMillis != 0) {
            left(Math.max(1, leftMillis + step.millis()));
        }
    }

    private void onExpire(SessionCommand.Expire expire) {
        if (attachment == null && stored && leftMillis == expire.leftMillis()) {
            LOG.info("the session of {} expired: its client did not return", clientId);
            discard();
            endIfUnused();
        }
    }

    String clientId() {
        return clientId;
    }

    /** Who is there. Told before it is asked whether the Client may stay, so that no change is missed. */
    void signedOn(Identity who, long recheckAt) {
        identity = who;
        recheckMillis = recheckAt;
    }

    /** Who is there; null while nobody is. Any thread. */
    @Nullable
    Identity identity() {
        return identity;
    }

    /** When to look whether the Client may still stay, milliseconds since the epoch. Any thread. */
    long recheckMillis() {
        return recheckMillis;
    }

    /** What is seen from outside. Any thread. */
    SessionView view() {
        return view;
    }

    /** The connection over which the Client was in has ended. */
    void departed(LastDisconnect how) {
        view.disconnected(how);
        view.outstanding(window.size(), 0);
    }

    /** What stands still in the backlog index until this position is needed no longer. Any thread. */
    long cursor() {
        return cursor;
    }

    void moveCursor(long position) {
        cursor = Math.max(cursor, position);
    }

    /** Any thread. */
    boolean isStored() {
        return stored;
    }

    /** Since when a stored session has no connection, milliseconds since the epoch; 0 while it has one. Any thread. */
    long leftMillis() {
        return leftMillis;
    }

    /** What the backlog is read from. Any thread. */
    List<BacklogReader.Source> backlogSources() {
        return subscriptions.sources();
    }

    HeldSubscriptions subscriptions() {
        return subscriptions;
    }

    OutboundWindow window() {
        return window;
    }

    ReceivedIds received() {
        return received;
    }
}
