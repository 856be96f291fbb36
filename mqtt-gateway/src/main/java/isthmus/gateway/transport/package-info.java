/**
 * Listeners: from a socket (TCP, TLS, WebSocket, WebSocket over TLS) to the packets of a connection. What a stranger
 * can make the Server hold before a CONNECT has come is bounded here, in bytes and in time.
 */
@NullMarked
package isthmus.gateway.transport;

import org.jspecify.annotations.NullMarked;
