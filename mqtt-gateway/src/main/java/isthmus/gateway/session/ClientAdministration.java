package isthmus.gateway.session;

import isthmus.gateway.admin.ClientSearch;
import isthmus.gateway.admin.ClientStatus;
import isthmus.gateway.admin.HeldSubscription;
import isthmus.gateway.admin.LastDisconnect;
import isthmus.gateway.admin.PacketListener;
import isthmus.gateway.routing.Subscription;
import isthmus.gateway.store.BacklogReader;
import isthmus.gateway.topics.TopicFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Clients and their sessions, for whoever operates the gateway. Looking reads what sessions show of themselves and asks no
 * event loop; acting is told to the session like everything else. Any thread but event loops: walking over all sessions
 * takes milliseconds.
 */
public final class ClientAdministration {
    private static final int MOST_BACKLOG = 10_000;

    private final SessionRegistry registry;
    private final SessionContext context;
    private final Supervision supervision;

    public ClientAdministration(SessionRegistry registry, SessionContext context, Supervision supervision) {
        this.registry = registry;
        this.context = context;
        this.supervision = supervision;
    }

    /**
     * Those that match, in the order of their identifiers.
     *
     * @param after only those behind this identifier; empty for all
     * @param limit at most so many
     */
    public List<ClientStatus> find(ClientSearch search, String after, int limit) {
        PriorityQueue<ClientStatus> last =
                new PriorityQueue<>(Comparator.comparing(ClientStatus::clientId).reversed());
        registry.forEach(session -> {
            String id = session.clientId();
            ClientStatus full = last.size() < limit ? null : last.peek();
            boolean tooFar = full != null && id.compareTo(full.clientId()) > 0;
            if (id.compareTo(after) > 0 && !tooFar && search.matchesId(id)) {
                ClientStatus status = status(session);
                if (search.matches(status)) {
                    last.add(status);
                    if (last.size() > limit) {
                        last.remove();
                    }
                }
            }
        });
        List<ClientStatus> found = new ArrayList<>(last);
        found.sort(Comparator.comparing(ClientStatus::clientId));
        return found;
    }

    /** Calls back for every session. */
    public void forEach(Consumer<ClientStatus> action) {
        registry.forEach(session -> action.accept(status(session)));
    }

    /** One Client; also one that has no session any more, if it left lately. */
    public Optional<ClientStatus> show(String clientId) {
        Session session = registry.find(clientId);
        if (session != null) {
            return Optional.of(status(session));
        }
        LastDisconnect last = registry.departures().find(clientId);
        return last == null
                ? Optional.empty()
                : Optional.of(new ClientStatus(clientId, null, false, last, List.of(), 0, 0));
    }

    /** The filters of one Client that match a Topic Name. */
    public static List<HeldSubscription> matching(ClientStatus status, String topic) {
        return status.subscriptions().stream()
                .filter(held -> TopicFilter.of(held.filter()).matches(topic))
                .toList();
    }

    /**
     * How many messages wait in the log for the stored session of a Client. Blocks on the disk.
     *
     * @return at most 10,000, which means that many or more; 0 without a stored session
     */
    public int backlog(String clientId) {
        Session session = registry.find(clientId);
        if (session == null || !session.isStored()) {
            return 0;
        }
        return new BacklogReader(context.store())
                .read(session.backlogSources(), session.cursor(), MOST_BACKLOG)
                .entries()
                .size();
    }

    /**
     * Ends a Client's connection.
     *
     * @return completes with whether there was one
     */
    public CompletionStage<Boolean> disconnect(String clientId, DisconnectReason reason, String detail) {
        Session session = registry.find(clientId);
        if (session == null) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        session.tell(new SessionCommand.Disconnect(reason, detail, done));
        return done;
    }

    /**
     * Ends a Client's connection and forgets its session.
     *
     * @return completes with whether there was one, when a restart cannot bring it back
     */
    public CompletionStage<Boolean> deleteSession(String clientId) {
        Session session = registry.find(clientId);
        if (session == null) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        session.tell(new SessionCommand.Delete(done));
        return done;
    }

    /** The Client is not let in from now on; a connection that it has is ended. */
    public CompletionStage<Boolean> ban(String clientId, String why) {
        supervision.ban(clientId);
        return disconnect(clientId, DisconnectReason.BANNED, why);
    }

    public void unban(String clientId) {
        supervision.unban(clientId);
    }

    /**
     * Shows the packets of a Client to somebody, until {@link #stopTrace}; also those of later connections.
     *
     * @return completes when every packet from then on is shown; with false if they are shown to somebody already
     */
    public CompletionStage<Boolean> trace(String clientId, PacketListener listener) {
        return supervision.watch(clientId, listener)
                ? tellWatcher(clientId, listener)
                : CompletableFuture.completedFuture(false);
    }

    /** @return completes when no packet is shown any more */
    public CompletionStage<Boolean> stopTrace(String clientId, PacketListener listener) {
        supervision.unwatch(clientId, listener);
        return tellWatcher(clientId, null);
    }

    private CompletionStage<Boolean> tellWatcher(String clientId, @Nullable PacketListener listener) {
        Session session = registry.find(clientId);
        if (session == null) {
            return CompletableFuture.completedFuture(true);
        }
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        session.tell(new SessionCommand.Watch(listener, done));
        return done;
    }

    private static ClientStatus status(Session session) {
        SessionView view = session.view();
        return new ClientStatus(
                session.clientId(),
                view.connection(),
                session.isStored(),
                view.lastDisconnect(),
                held(session.subscriptions().list()),
                view.inFlight(),
                view.waiting());
    }

    private static List<HeldSubscription> held(List<Subscription> subscriptions) {
        return subscriptions.stream()
                .map(each -> new HeldSubscription(each.filter().text(), each.qos()))
                .toList();
    }
}
