/**
 * The configuration: immutable records, each key described once by its {@link isthmus.server.config.Key} annotation, from
 * which reading, messages, {@code isthmus config} and the example file are all derived.
 */
@NullMarked
package isthmus.server.config;

import org.jspecify.annotations.NullMarked;
