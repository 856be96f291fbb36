/** Black-box tests: the server that a user starts, real clients, and raw bytes. */
@NullMarked
package isthmus.conformance;

import org.jspecify.annotations.NullMarked;
