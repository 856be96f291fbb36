/**
 * A load generator that is cheap enough to measure a server on the same machine: one thread, one selector, hand-written
 * MQTT over large buffers, no client library. {@link isthmus.conformance.bench.load.MessageLoad} is the way in.
 */
@NullMarked
package isthmus.conformance.bench.load;

import org.jspecify.annotations.NullMarked;
