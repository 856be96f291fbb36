/**
 * The management interface over HTTP: a small server on Netty's codec, with one event loop of its own and a few workers, so
 * that nothing that is asked here touches the event loops of devices.
 */
@NullMarked
package isthmus.server.api.http;

import org.jspecify.annotations.NullMarked;
