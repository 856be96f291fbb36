/** What an operator may see of the gateway and do with it, in MQTT's words. Values, and what they are made of. */
@NullMarked
package isthmus.gateway.admin;

import org.jspecify.annotations.NullMarked;
