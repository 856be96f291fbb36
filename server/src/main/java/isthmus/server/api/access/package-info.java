/** Who may use the management interface, and what they did: tokens, failed sign-ins, the audit log. */
@NullMarked
package isthmus.server.api.access;

import org.jspecify.annotations.NullMarked;
