/** What is counted and measured, for Prometheus, and whether the server is well. */
@NullMarked
package isthmus.server.metrics;

import org.jspecify.annotations.NullMarked;
