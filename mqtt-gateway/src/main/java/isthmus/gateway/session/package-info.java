/**
 * Connections and sessions. A {@link isthmus.gateway.session.MqttConnection} is a socket and dies with it; a
 * {@link isthmus.gateway.session.Session} is the state of a Client and may survive; an
 * {@link isthmus.gateway.session.Attachment} is the time that the two spend together.
 */
@NullMarked
package isthmus.gateway.session;

import org.jspecify.annotations.NullMarked;
