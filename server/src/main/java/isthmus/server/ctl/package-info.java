/**
 * {@code isthmus ctl}: the operations of the management interface as commands, made of the same values. Talks to a running
 * server over HTTP and loads nothing of it.
 */
@NullMarked
package isthmus.server.ctl;

import org.jspecify.annotations.NullMarked;
