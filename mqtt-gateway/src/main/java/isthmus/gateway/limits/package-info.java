/**
 * What the gateway lets itself be made to hold: rates, numbers and bytes, and the account of what was refused because of
 * them. Knows nothing of sockets and sessions; everything here may be used by any thread and never waits.
 */
@NullMarked
package isthmus.gateway.limits;

import org.jspecify.annotations.NullMarked;
