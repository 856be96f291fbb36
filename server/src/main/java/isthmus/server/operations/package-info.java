/**
 * Every operation of the management interface, with the records it takes and answers. Values only: the server binds them to
 * those who carry them out ({@code isthmus.server.management}), the command line makes its commands of them.
 */
@NullMarked
package isthmus.server.operations;

import org.jspecify.annotations.NullMarked;
