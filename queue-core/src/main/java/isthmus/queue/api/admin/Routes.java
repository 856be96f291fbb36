package isthmus.queue.api.admin;

import java.util.List;

/**
 * Routes copy topics to another RocketMQ or Isthmus. A new route begins with the messages that are stored after it was
 * made, in the order of each queue. Nothing is lost: after a kill, what was copied in the last seconds before is copied
 * again. Definitions, positions and whether a route runs survive a restart.
 */
public interface Routes {
    /** The most routes there may be. */
    int MAX_ROUTES = 32;

    /** Makes a route; it does not run yet. */
    RouteStatus create(RouteDefinition definition);

    /**
     * Replaces a route that does not run. Its topic stays; its position, too. Without keys it keeps the keys it has, if
     * the access key is the same or none.
     */
    RouteStatus change(RouteDefinition definition);

    RouteStatus start(String name);

    /** Stops a route; waits for what it is sending. */
    RouteStatus stop(String name);

    /** Deletes a route that does not run. */
    void delete(String name);

    /** By name. */
    List<RouteStatus> list();

    RouteStatus status(String name);
}
