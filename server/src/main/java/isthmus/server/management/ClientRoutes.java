package isthmus.server.management;

import isthmus.gateway.admin.ClientConnection;
import isthmus.gateway.admin.ClientSearch;
import isthmus.gateway.admin.ClientStatus;
import isthmus.gateway.admin.LastDisconnect;
import isthmus.gateway.session.ClientAdministration;
import isthmus.gateway.session.DisconnectReason;
import isthmus.server.api.Call;
import isthmus.server.api.EventSource;
import isthmus.server.api.None;
import isthmus.server.api.Page;
import isthmus.server.api.Problem;
import isthmus.server.api.Route;
import isthmus.server.operations.ClientOperations;
import isthmus.server.operations.ClientOperations.Ban;
import isthmus.server.operations.ClientOperations.BanSearch;
import isthmus.server.operations.ClientOperations.Detail;
import isthmus.server.operations.ClientOperations.NewBan;
import isthmus.server.operations.ClientOperations.OneClient;
import isthmus.server.operations.ClientOperations.Search;
import isthmus.server.operations.ClientOperations.Summary;
import isthmus.server.operations.ClientOperations.TraceRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** MQTT clients. */
public final class ClientRoutes {
    private final ClientAdministration clients;
    private final Bans bans;
    private final ScheduledExecutorService timer;
    private final Clock clock;

    /** @param timer ends traces */
    public ClientRoutes(ClientAdministration clients, Bans bans, ScheduledExecutorService timer, Clock clock) {
        this.clients = clients;
        this.bans = bans;
        this.timer = timer;
        this.clock = clock;
    }

    public List<Route<?, ?, ?>> routes() {
        return List.of(
                Route.of(ClientOperations.LIST, this::list),
                Route.of(ClientOperations.SHOW, this::show),
                Route.of(ClientOperations.DISCONNECT, this::disconnect),
                Route.of(ClientOperations.DELETE_SESSION, this::deleteSession),
                Route.of(ClientOperations.TRACE, this::trace),
                Route.of(ClientOperations.BANS, this::bans),
                Route.of(ClientOperations.ADD_BAN, this::ban),
                Route.of(ClientOperations.REMOVE_BAN, this::unban));
    }

    private Page<Summary> list(Call<Search, None> call) {
        Search wanted = call.parameters();
        ClientSearch search = new ClientSearch(wanted.prefix(), wanted.group(), wanted.address(), wanted.online());
        List<Summary> found = clients.find(search, Page.key(wanted.cursor()), wanted.limit() + 1).stream()
                .map(ClientRoutes::summary)
                .toList();
        return Page.of(found, wanted.limit(), Summary::clientId);
    }

    private static Summary summary(ClientStatus status) {
        ClientConnection connection = status.connection();
        return new Summary(
                status.clientId(),
                status.isOnline(),
                connection == null ? null : connection.address(),
                connection == null ? null : Instant.ofEpochMilli(connection.sinceMillis()),
                status.stored(),
                status.subscriptions().size(),
                status.inFlight(),
                status.waiting());
    }

    private Detail show(Call<OneClient, None> call) {
        String clientId = call.parameters().clientId();
        ClientStatus status = clients.show(clientId).orElseThrow(() -> unknown(clientId));
        return new Detail(
                clientId,
                status.isOnline(),
                status.stored(),
                bans.isBanned(clientId),
                connection(status.connection()),
                disconnect(status.lastDisconnect()),
                status.inFlight(),
                status.waiting(),
                clients.backlog(clientId),
                status.subscriptions().stream()
                        .map(held -> new ClientOperations.Subscription(
                                held.filter(), held.qos().level()))
                        .toList());
    }

    private static ClientOperations.@Nullable Connection connection(@Nullable ClientConnection connection) {
        return connection == null
                ? null
                : new ClientOperations.Connection(
                        connection.address(),
                        Instant.ofEpochMilli(connection.sinceMillis()),
                        connection.account(),
                        connection.cleanSession(),
                        connection.keepAliveSeconds());
    }

    private static ClientOperations.@Nullable Disconnect disconnect(@Nullable LastDisconnect last) {
        return last == null
                ? null
                : new ClientOperations.Disconnect(
                        Instant.ofEpochMilli(last.atMillis()), last.reason(), last.text(), last.address());
    }

    private None disconnect(Call<OneClient, None> call) {
        String clientId = call.parameters().clientId();
        String detail = "token " + call.caller().token();
        if (!Answers.await(clients.disconnect(clientId, DisconnectReason.OPERATOR, detail))) {
            throw Problem.notFound("client " + clientId + " is not online");
        }
        return None.NONE;
    }

    private None deleteSession(Call<OneClient, None> call) {
        String clientId = call.parameters().clientId();
        if (!Answers.await(clients.deleteSession(clientId))) {
            throw unknown(clientId);
        }
        return None.NONE;
    }

    private EventSource trace(Call<TraceRequest, None> call) {
        TraceRequest wanted = call.parameters();
        return stream -> new ClientTrace(clients, wanted.clientId(), stream, clock).start(timer, wanted.seconds());
    }

    private Page<Ban> bans(Call<BanSearch, None> call) {
        BanSearch search = call.parameters();
        return Page.of(bans.list(Page.key(search.cursor()), search.limit() + 1), search.limit(), Ban::clientId);
    }

    private Ban ban(Call<OneClient, NewBan> call) {
        String clientId = call.parameters().clientId();
        String by = call.caller().token();
        Ban ban = bans.add(new Ban(clientId, call.body().reason(), clock.instant(), by));
        Answers.await(clients.ban(clientId, "token " + by));
        return ban;
    }

    private None unban(Call<OneClient, None> call) {
        String clientId = call.parameters().clientId();
        if (!bans.remove(clientId)) {
            throw Problem.notFound("client " + clientId + " is not banned");
        }
        clients.unban(clientId);
        return None.NONE;
    }

    private static Problem unknown(String clientId) {
        return Problem.notFound("client " + clientId + " is not online and has no stored session");
    }
}
