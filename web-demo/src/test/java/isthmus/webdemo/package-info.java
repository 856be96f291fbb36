/** Checks of the page that need no browser; the conformance module opens it in one. */
@NullMarked
package isthmus.webdemo;

import org.jspecify.annotations.NullMarked;
