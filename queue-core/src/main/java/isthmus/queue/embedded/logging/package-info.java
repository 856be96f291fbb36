/** Routes what RocketMQ logs through its shaded copy of SLF4J into the SLF4J of this process. */
@NullMarked
package isthmus.queue.embedded.logging;

import org.jspecify.annotations.NullMarked;
