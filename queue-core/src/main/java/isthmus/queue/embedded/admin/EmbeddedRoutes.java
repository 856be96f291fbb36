package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.OperationException;
import isthmus.queue.api.admin.OperationException.Reason;
import isthmus.queue.api.admin.RouteDefinition;
import isthmus.queue.api.admin.RouteStatus;
import isthmus.queue.api.admin.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.store.MessageStore;
import org.jspecify.annotations.Nullable;

/** {@link Routes} of the embedded broker. */
final class EmbeddedRoutes implements Routes, AutoCloseable {
    private final BrokerController broker;
    private final MessageStore store;
    private final BrokerTables tables;
    private final StoredMessages stored;
    private final RouteFiles files;
    private final Map<String, Route> routes = new TreeMap<>(); // under this

    EmbeddedRoutes(BrokerController broker, BrokerTables tables, StoredMessages stored, RouteFiles files) {
        this.broker = broker;
        this.store = broker.getMessageStore();
        this.tables = tables;
        this.stored = stored;
        this.files = files;
    }

    /** Goes on with the routes that ran when the server was stopped. */
    synchronized void resume() {
        for (RouteFiles.Saved saved : files.load()) {
            Route route = route(saved.definition());
            route.position().clamp(store, tables.queues(saved.definition().topic()));
            routes.put(saved.definition().name(), saved.running() ? run(route) : route);
        }
    }

    private Route route(RouteDefinition definition) {
        return new Route(
                definition,
                new RoutePosition(broker.getConsumerOffsetManager(), definition.name(), definition.topic()),
                new RouteRate(System.currentTimeMillis()),
                null);
    }

    private Route run(Route route) {
        RouteRun run = new RouteRun(
                route.definition(),
                store,
                tables,
                stored,
                route.position(),
                new RouteCopy(route.definition(), files.origin()),
                route.rate());
        run.start();
        return route.with(run);
    }

    @Override
    public synchronized RouteStatus create(RouteDefinition definition) {
        tables.requireTopic(definition.topic());
        if (routes.containsKey(definition.name())) {
            throw conflict(definition.name(), "exists already; change it, or take another name");
        }
        if (routes.size() >= MAX_ROUTES) {
            throw new OperationException(
                    Reason.CONFLICT, "name", "There are " + MAX_ROUTES + " routes already; delete one first.");
        }
        Route route = route(definition);
        route.position().beginAtEnd(store, tables.queues(definition.topic()));
        files.save(definition, false);
        routes.put(definition.name(), route);
        return status(route);
    }

    @Override
    public synchronized RouteStatus change(RouteDefinition definition) {
        Route old = requireStopped(definition.name());
        if (!old.definition().topic().equals(definition.topic())) {
            throw OperationException.invalid(
                    "topic",
                    definition.topic(),
                    "still " + old.definition().topic() + "; make a new route for another");
        }
        RouteDefinition changed = keepingKeys(old.definition(), definition);
        files.save(changed, false);
        Route route = old.with(changed);
        routes.put(changed.name(), route);
        return status(route);
    }

    private static RouteDefinition keepingKeys(RouteDefinition old, RouteDefinition fresh) {
        return fresh.secretKey() != null
                ? fresh
                : new RouteDefinition(
                        fresh.name(),
                        fresh.topic(),
                        fresh.tags(),
                        fresh.targetNameServer(),
                        fresh.targetTopic(),
                        old.accessKey(),
                        old.secretKey(),
                        fresh.description());
    }

    @Override
    public synchronized RouteStatus start(String name) {
        Route route = require(name);
        if (!route.isRunning()) {
            files.save(route.definition(), true);
            route = run(route);
            routes.put(name, route);
        }
        return status(route);
    }

    @Override
    public synchronized RouteStatus stop(String name) {
        Route route = require(name);
        if (route.run() != null) {
            route.run().stop();
            broker.getConsumerOffsetManager().persist();
            route = route.with((RouteRun) null);
            routes.put(name, route);
            files.save(route.definition(), false);
        }
        return status(route);
    }

    @Override
    public synchronized void delete(String name) {
        Route route = requireStopped(name);
        files.delete(name);
        route.position().forget();
        routes.remove(name);
    }

    @Override
    public synchronized List<RouteStatus> list() {
        List<RouteStatus> all = new ArrayList<>();
        routes.values().forEach(route -> all.add(status(route)));
        return all;
    }

    @Override
    public synchronized RouteStatus status(String name) {
        return status(require(name));
    }

    private Route require(String name) {
        Route route = routes.get(name);
        if (route == null) {
            throw new OperationException(Reason.NOT_FOUND, "name", "There is no route \"" + name + "\".");
        }
        return route;
    }

    private Route requireStopped(String name) {
        Route route = require(name);
        if (route.isRunning()) {
            throw conflict(name, "runs; stop it first");
        }
        return route;
    }

    private static OperationException conflict(String name, String why) {
        return new OperationException(Reason.CONFLICT, "name", "The route \"" + name + "\" " + why + ".");
    }

    private RouteStatus status(Route route) {
        RouteDefinition definition = route.definition();
        long backlog = 0;
        long oldest = Long.MAX_VALUE;
        for (int queueId = 0; queueId < tables.queues(definition.topic()); queueId++) {
            QueueIndex queue = QueueIndex.of(store, definition.topic(), queueId);
            long next = queue == null ? 0 : route.position().next(queue);
            if (queue != null && next < queue.end()) {
                backlog += queue.end() - next;
                oldest = Math.min(oldest, queue.storedMillis(next));
            }
        }
        long now = System.currentTimeMillis();
        RouteRun run = route.run();
        return new RouteStatus(
                definition.name(),
                definition.topic(),
                definition.tags(),
                definition.targetNameServer(),
                definition.targetTopic(),
                definition.accessKey(),
                definition.description(),
                route.isRunning(),
                route.rate().perSecond(now),
                backlog,
                backlog == 0 ? 0 : Math.max(0, now - oldest),
                route.rate().total(),
                route.rate().lastMillis(),
                run == null ? null : run.problem());
    }

    /** Stops copying. The routes go on where they were at the next start. */
    @Override
    public synchronized void close() {
        List<RouteRun> running = new ArrayList<>();
        for (Route route : routes.values()) {
            @Nullable RouteRun run = route.run();
            if (run != null) {
                running.add(run);
            }
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(RouteRun.STOP_SECONDS);
        running.forEach(RouteRun::askToStop);
        running.forEach(run -> run.awaitEnd(end));
        routes.clear();
    }
}
