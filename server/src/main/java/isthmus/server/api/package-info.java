/**
 * The vocabulary of the management interface: what an operation is, what it takes and answers, and how JSON becomes
 * records. Known to the server, which carries operations out, and to the command line, which asks for them; so there is
 * no service in here, and nothing that takes time to load.
 */
@NullMarked
package isthmus.server.api;

import org.jspecify.annotations.NullMarked;
