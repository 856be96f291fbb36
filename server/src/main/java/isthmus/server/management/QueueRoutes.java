package isthmus.server.management;

import isthmus.queue.api.admin.QueueOperations;
import isthmus.server.api.Route;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Everything an operator does with the queue core. */
public final class QueueRoutes {
    private final QueueOperations queue;
    private final Clock clock;

    public QueueRoutes(QueueOperations queue, Clock clock) {
        this.queue = queue;
        this.clock = clock;
    }

    public List<Route<?, ?, ?>> routes() {
        return Stream.of(
                        new QueueMessageRoutes(queue.messages()).routes(),
                        new ConsumerGroupRoutes(queue.groups()).routes(),
                        new DeadLetterRoutes(queue.deadLetters()).routes(),
                        new QueueReportRoutes(queue.reports(), clock).routes(),
                        new TopicRouteRoutes(queue.routes()).routes())
                .<Route<?, ?, ?>>flatMap(List::stream)
                .toList();
    }
}
