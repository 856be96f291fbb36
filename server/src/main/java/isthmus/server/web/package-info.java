/** The web server: the demo page and what it asks for. */
@NullMarked
package isthmus.server.web;

import org.jspecify.annotations.NullMarked;
