/** The MQTT gateway's façade: what the server wires. */
@NullMarked
package isthmus.gateway;

import org.jspecify.annotations.NullMarked;
