package isthmus.server.operations;

import isthmus.server.api.Field;
import isthmus.server.api.None;
import isthmus.server.api.Operation;
import isthmus.server.api.Page;
import isthmus.server.api.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copying topics to another RocketMQ or Isthmus. */
public final class TopicRouteOperations {
    private TopicRouteOperations() {}

    private static final String ROUTE = "/queue/routes/{name}";

    public static final Operation<None, None, Page<Status>> LIST = Operation.get(
                    "/queue/routes", "queue routes list", "Lists the routes.")
            .answersPageOf(Status.class);

    public static final Operation<RouteName, None, Status> SHOW = Operation.get(
                    ROUTE, "queue routes show", "Shows a route and how far it is.")
            .parameters(RouteName.class)
            .answers(Status.class);

    public static final Operation<None, NewRoute, Status> CREATE = Operation.post(
                    "/queue/routes",
                    "queue routes create",
                    "Makes a route. It begins with what is stored from now on, once it is started.")
            .role(Role.ADMIN)
            .body(NewRoute.class)
            .answers(Status.class);

    public static final Operation<RouteName, Change, Status> CHANGE = Operation.put(
                    ROUTE, "queue routes change", "Changes a route that does not run. It goes on where it was.")
            .role(Role.ADMIN)
            .parameters(RouteName.class)
            .body(Change.class)
            .answers(Status.class);

    public static final Operation<RouteName, None, Status> START = Operation.put(
                    ROUTE + "/running", "queue routes start", "Starts a route.")
            .parameters(RouteName.class)
            .answers(Status.class);

    public static final Operation<RouteName, None, Status> STOP = Operation.delete(
                    ROUTE + "/running", "queue routes stop", "Stops a route. Its place is kept.")
            .parameters(RouteName.class)
            .answers(Status.class);

    public static final Operation<RouteName, None, None> DELETE = Operation.delete(
                    ROUTE, "queue routes delete", "Deletes a route that does not run, and its place.")
            .role(Role.ADMIN)
            .parameters(RouteName.class)
            .answersNothing();

    static List<Operation<?, ?, ?>> all() {
        return List.of(LIST, SHOW, CREATE, CHANGE, START, STOP, DELETE);
    }

    public record RouteName(@Field("The name of the route.") String name) {}

    public record NewRoute(
            @Field(value = "A name for it: letters, digits, and - _", min = 1, max = 64) String name,
            @Field("The topic to copy.") String topic,
            @Field(value = "Tags joined by ||, or * for all.", unset = "*") String tags,
            @Field("Name servers of the target, host:port, several separated by ;") String targetNameServer,
            @Field("An existing topic there.") String targetTopic,
            @Field("An account there that may send; left out without access control.") @Nullable String accessKey,
            @Field(value = "Its secret key.", secret = true) @Nullable String secretKey,
            @Field(value = "For people.", unset = "-", max = 256) String description) {
        /** Without the secret key. */
        @Override
        public String toString() {
            return "NewRoute[" + name + "]";
        }
    }

    public record Change(
            @Field(value = "Tags joined by ||, or * for all.", unset = "*") String tags,
            @Field("Name servers of the target, host:port, several separated by ;") String targetNameServer,
            @Field("An existing topic there.") String targetTopic,
            @Field("An account there that may send; left out: as before.") @Nullable String accessKey,
            @Field(value = "Its secret key; left out: as before.", secret = true) @Nullable String secretKey,
            @Field(value = "For people.", unset = "-", max = 256) String description) {
        /** Without the secret key. */
        @Override
        public String toString() {
            return "Change[" + targetTopic + "]";
        }
    }

    public record Status(
            @Field("Its name.") String name,
            @Field("The topic it copies.") String topic,
            @Field("The tags it copies.") String tags,
            @Field("Name servers of the target.") String targetNameServer,
            @Field("The topic there.") String targetTopic,
            @Field("The account used there.") @Nullable String accessKey,
            @Field("For people.") String description,
            @Field("Whether it runs.") boolean running,
            @Field("Messages copied per second in the last minute.") double tps,
            @Field("Messages of the topic it has yet to look at.") long backlog,
            @Field("Milliseconds that the oldest of them has been waiting.") long delayMillis,
            @Field("Messages copied since the server was started.") long copied,
            @Field("When the last one was; left out when none was.") @Nullable Instant lastCopied,
            @Field("What keeps it from copying; left out when nothing does.") @Nullable String problem) {}
}
