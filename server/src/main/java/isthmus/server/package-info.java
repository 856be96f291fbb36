/** The assembled server: it alone knows every module. */
@NullMarked
package isthmus.server;

import org.jspecify.annotations.NullMarked;
