/**
 * Every operation of the management interface, carried out on the assembled server while real clients are connected: each
 * scenario once over HTTP and once by {@code isthmus ctl}.
 */
@NullMarked
package isthmus.conformance.operations;

import org.jspecify.annotations.NullMarked;
