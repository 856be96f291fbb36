package isthmus.queue.embedded.admin;

import isthmus.queue.api.admin.RouteDefinition;
import org.jspecify.annotations.Nullable;

/** A route and what runs of it. Immutable but for its rate. */
record Route(RouteDefinition definition, RoutePosition position, RouteRate rate, @Nullable RouteRun run) {
    boolean isRunning() {
        return run != null;
    }

    Route with(@Nullable RouteRun other) {
        return new Route(definition, position, rate, other);
    }

    Route with(RouteDefinition other) {
        return new Route(other, position, rate, run);
    }
}
