package isthmus.gateway.session;

import isthmus.gateway.auth.Identity;
import isthmus.gateway.spi.Reception;
import isthmus.gateway.spi.StoredSession;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All sessions by Client Identifier, online ones and stored ones. Any thread. */
public final class SessionRegistry {
    private final ConcurrentMap<String, Session> sessions = new ConcurrentHashMap<>();
    private final SessionContext context;
    private final SessionLoops loops;
    private final Departures departures = new Departures();

    public SessionRegistry(SessionContext context, SessionLoops loops) {
        this.context = context;
        this.loops = loops;
    }

    /** Takes over a session from before the restart. */
    public void restore(StoredSession stored) {
        Session session = new Session(stored.clientId(), loops.any(), context, this);
        session.restore(stored);
        sessions.put(stored.clientId(), session);
    }

    /** What the log knows more of a stored session than the session store did. Before anybody may connect. */
    public void recover(Reception reception) {
        Session session = sessions.get(reception.clientId());
        if (session != null) {
            session.tell(new SessionCommand.Received(reception.packetId()));
        }
    }

    /** Gives a connection that has signed on to its session, which is made if there is none. */
    void attach(SessionCommand.Attach attach) {
        SessionLoop loop = loopOf(attach.connection());
        sessions.computeIfAbsent(attach.connect().clientId(), id -> new Session(id, loop, context, this))
                .tell(attach);
    }

    SessionLoop loopOf(MqttConnection connection) {
        return loops.of(connection.eventLoop());
    }

    /** Called by the session itself when it has ended. */
    void remove(Session session) {
        sessions.remove(session.clientId(), session);
    }

    /** Has the Clients that are affected by a change checked again. */
    public void recheck(Predicate<Identity> affected) {
        sessions.values().forEach(session -> {
            Identity identity = session.identity();
            if (identity != null && affected.test(identity)) {
                session.tell(new SessionCommand.Recheck());
            }
        });
    }

    /** Null when the Client has none. */
    @Nullable
    Session find(String clientId) {
        return sessions.get(clientId);
    }

    Departures departures() {
        return departures;
    }

    void forEach(Consumer<Session> action) {
        sessions.values().forEach(action);
    }

    /** How many there are. */
    public int size() {
        return sessions.size();
    }

    /** A snapshot. */
    List<Session> all() {
        return List.copyOf(sessions.values());
    }
}
