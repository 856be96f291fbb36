/** Files of the data directory that nobody but the owner of the process may read. */
@NullMarked
package isthmus.server.files;

import org.jspecify.annotations.NullMarked;
