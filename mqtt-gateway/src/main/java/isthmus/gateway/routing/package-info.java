/** Who gets a message: the subscriptions of the sessions that are online, and the backlog index of those that are not. */
@NullMarked
package isthmus.gateway.routing;

import org.jspecify.annotations.NullMarked;
