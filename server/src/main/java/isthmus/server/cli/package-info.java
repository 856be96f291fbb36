/** The command line: {@code isthmus run|config|sign|certs}. */
@NullMarked
package isthmus.server.cli;

import org.jspecify.annotations.NullMarked;
