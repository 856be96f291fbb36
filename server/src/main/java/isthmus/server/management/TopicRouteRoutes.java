package isthmus.server.management;

import static isthmus.server.management.QueueRefusals.told;

import isthmus.queue.api.admin.RouteDefinition;
import isthmus.queue.api.admin.RouteStatus;
import isthmus.queue.api.admin.Routes;
import isthmus.server.api.Call;
import isthmus.server.api.None;
import isthmus.server.api.Page;
import isthmus.server.api.Route;
import isthmus.server.operations.TopicRouteOperations;
import isthmus.server.operations.TopicRouteOperations.Change;
import isthmus.server.operations.TopicRouteOperations.NewRoute;
import isthmus.server.operations.TopicRouteOperations.RouteName;
import isthmus.server.operations.TopicRouteOperations.Status;
import java.time.Instant;
import java.util.List;

/** Copying topics to another RocketMQ or Isthmus. */
final class TopicRouteRoutes {
    private final Routes copies;

    TopicRouteRoutes(Routes copies) {
        this.copies = copies;
    }

    List<Route<?, ?, ?>> routes() {
        return List.of(
                Route.of(TopicRouteOperations.LIST, told(this::list)),
                Route.of(TopicRouteOperations.SHOW, told(call -> view(copies.status(name(call))))),
                Route.of(TopicRouteOperations.CREATE, told(this::create)),
                Route.of(TopicRouteOperations.CHANGE, told(this::change)),
                Route.of(TopicRouteOperations.START, told(call -> view(copies.start(name(call))))),
                Route.of(TopicRouteOperations.STOP, told(call -> view(copies.stop(name(call))))),
                Route.of(TopicRouteOperations.DELETE, told(this::delete)));
    }

    private static String name(Call<RouteName, None> call) {
        return call.parameters().name();
    }

    private Page<Status> list(Call<None, None> call) {
        return new Page<>(copies.list().stream().map(TopicRouteRoutes::view).toList(), null);
    }

    private Status create(Call<None, NewRoute> call) {
        NewRoute wanted = call.body();
        return view(copies.create(new RouteDefinition(
                wanted.name(),
                wanted.topic(),
                wanted.tags(),
                wanted.targetNameServer(),
                wanted.targetTopic(),
                wanted.accessKey(),
                wanted.secretKey(),
                wanted.description())));
    }

    private Status change(Call<RouteName, Change> call) {
        Change wanted = call.body();
        RouteStatus old = copies.status(call.parameters().name());
        return view(copies.change(new RouteDefinition(
                old.name(),
                old.topic(),
                wanted.tags(),
                wanted.targetNameServer(),
                wanted.targetTopic(),
                wanted.accessKey(),
                wanted.secretKey(),
                wanted.description())));
    }

    private None delete(Call<RouteName, None> call) {
        copies.delete(call.parameters().name());
        return None.NONE;
    }

    private static Status view(RouteStatus one) {
        return new Status(
                one.name(),
                one.topic(),
                one.tags(),
                one.targetNameServer(),
                one.targetTopic(),
                one.accessKey(),
                one.description(),
                one.running(),
                one.tps(),
                one.backlog(),
                one.delayMillis(),
                one.copied(),
                one.lastCopiedMillis() == 0 ? null : Instant.ofEpochMilli(one.lastCopiedMillis()),
                one.problem());
    }
}
