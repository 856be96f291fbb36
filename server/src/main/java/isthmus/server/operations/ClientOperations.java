package isthmus.server.operations;

import isthmus.server.api.EventSource;
import isthmus.server.api.Field;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.Page;
import isthmus.server.api.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** MQTT clients: who is there, what they have, and what may be done to them. */
public final class ClientOperations {
    private ClientOperations() {}

    public static final Operation<Search, None, Page<Summary>> LIST = Operation.get(
                    "/clients", "clients list", "Lists and searches clients that are online or have a stored session.")
            .parameters(Search.class)
            .answersPageOf(Summary.class);

    public static final Operation<OneClient, None, Detail> SHOW = Operation.get(
                    "/clients/{clientId}",
                    "clients show",
                    "Shows one client: its connection, subscriptions and backlog.")
            .parameters(OneClient.class)
            .answers(Detail.class);

    public static final Operation<OneClient, None, None> DISCONNECT = Operation.post(
                    "/clients/{clientId}/disconnect",
                    "clients disconnect",
                    "Ends a client's connection. It may connect again.")
            .parameters(OneClient.class)
            .answersNothing();

    public static final Operation<OneClient, None, None> DELETE_SESSION = Operation.delete(
                    "/clients/{clientId}/session",
                    "clients delete-session",
                    "Ends a client's connection and forgets its subscriptions and what waits for it.")
            .parameters(OneClient.class)
            .answersNothing();

    public static final Operation<TraceRequest, None, EventSource> TRACE = Operation.get(
                    "/clients/{clientId}/trace",
                    "clients trace",
                    "Shows a client's packets as they come and go, without payloads, for a while.")
            .role(Role.OPERATE)
            .parameters(TraceRequest.class)
            .streams(TraceEvent.class);

    public static final Operation<BanSearch, None, Page<Ban>> BANS = Operation.get(
                    "/bans", "bans list", "Lists the clients that are not let in.")
            .parameters(BanSearch.class)
            .answersPageOf(Ban.class);

    public static final Operation<OneClient, NewBan, Ban> ADD_BAN = Operation.put(
                    "/bans/{clientId}",
                    "bans add",
                    "Does not let a client in any more, and ends the connection that it has.")
            .parameters(OneClient.class)
            .body(NewBan.class)
            .answers(Ban.class);

    public static final Operation<OneClient, None, None> REMOVE_BAN = Operation.delete(
                    "/bans/{clientId}", "bans remove", "Lets a client in again.")
            .parameters(OneClient.class)
            .answersNothing();

    static List<Operation<?, ?, ?>> all() {
        return List.of(LIST, SHOW, DISCONNECT, DELETE_SESSION, TRACE, BANS, ADD_BAN, REMOVE_BAN);
    }

    public record Search(
            @Field(value = "Only identifiers that begin with this.", min = 1) @Nullable String prefix,
            @Field(value = "Only clients of this group.", min = 1) @Nullable String group,
            @Field(value = "Only clients that are connected from this IP address.", min = 1) @Nullable String address,
            @Field("Only clients that are online, or that are not.") @Nullable Boolean online,
            @Field(value = "At most so many.", unset = "50", min = 1, max = 1000) int limit,
            @Field("Where to go on: the field next of the page before.") @Nullable String cursor) {}

    public record OneClient(@Field(value = "The client identifier.", min = 1, max = 65_535) String clientId) {}

    public record Summary(
            @Field("The client identifier.") String clientId,
            @Field("Whether it is connected.") boolean online,
            @Field("Its IP address and port; left out when it is not online.") @Nullable String address,
            @Field("When it connected; left out when it is not online.") @Nullable Instant since,
            @Field("Whether it has a stored session (Clean Session 0).") boolean stored,
            @Field("How many subscriptions it holds.") int subscriptions,
            @Field("Messages sent to it and not acknowledged.") int inFlight,
            @Field("Messages in memory that it does not take.") int waiting) {}

    public record Detail(
            @Field("The client identifier.") String clientId,
            @Field("Whether it is connected.") boolean online,
            @Field("Whether it has a stored session (Clean Session 0).") boolean stored,
            @Field("Whether an operator does not let it in.") boolean banned,
            @Field("Its connection; left out when it is not online.") @Nullable Connection connection,
            @Field("How its last connection ended; left out when that is not known.") @Nullable
                    Disconnect lastDisconnect,
            @Field("Messages sent to it and not acknowledged.") int inFlight,
            @Field("Messages in memory that it does not take.") int waiting,
            @Field("Messages that wait in the log for its stored session; 10000 means so many or more.") int backlog,
            @Field("What it is subscribed to.") List<Subscription> subscriptions) {}

    public record Connection(
            @Field("Its IP address and port.") String address,
            @Field("Since when.") Instant since,
            @Field("The AccessKey with which it signed on.") String account,
            @Field("Whether it asked for a clean session.") boolean cleanSession,
            @Field("The keep alive that it asked for, in seconds.") int keepAliveSeconds) {}

    public record Disconnect(
            @Field("When.") Instant time,
            @Field("Why, as one of the words that metrics use.") String reason,
            @Field("Why, as a sentence.") String text,
            @Field("The IP address and port that it had.") String address) {}

    public record Subscription(
            @Field("The topic filter.") String filter, @Field("The quality of service that was granted.") int qos) {}

    public record TraceRequest(
            @Field(value = "The client identifier.", min = 1, max = 65_535) String clientId,
            @Field(value = "How long, in seconds.", unset = "60", min = 1, max = 600) int seconds) {}

    /** What a trace shows. */
    public enum TraceKind {
        RECEIVED,
        SENT,
        DECISION,
        /** The trace itself: that it began, or how many events it had to leave out. */
        TRACE
    }

    public record TraceEvent(
            @Field("When.") Instant time,
            @Field("From the client, to the client, or a decision about it.") TraceKind kind,
            @Field("The packet, or the decision.") String name,
            @Field("What is in the packet, without its payload.") String detail) {}

    public record BanSearch(
            @Field(value = "At most so many.", unset = "50", min = 1, max = 1000) int limit,
            @Field("Where to go on: the field next of the page before.") @Nullable String cursor) {}

    public record NewBan(@Field(value = "Why; for whoever reads it later.", unset = "-", max = 200) String reason) {}

    public record Ban(
            @Field("The client identifier.") String clientId,
            @Field("Why.") String reason,
            @Field("Since when.") Instant since,
            @Field("The token with which it was decided.") String by) {}
}
