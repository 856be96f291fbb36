/**
 * The benchmark: {@code ./isthmus bench} starts the built server in a process of its own, puts load on it, and prints
 * figures. It judges nothing. A new measurement is a new {@link isthmus.conformance.bench.Scenario}.
 */
@NullMarked
package isthmus.conformance.bench;

import org.jspecify.annotations.NullMarked;
