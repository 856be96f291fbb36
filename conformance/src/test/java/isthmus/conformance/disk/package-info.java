/** What the server asks of the operating system, and in which order: what it acknowledges is on the disk. */
@NullMarked
package isthmus.conformance.disk;

import org.jspecify.annotations.NullMarked;
