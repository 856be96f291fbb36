/**
 * The page in a real browser. {@link isthmus.conformance.browser.Browser} starts a headless Chromium,
 * {@link isthmus.conformance.browser.DemoPageContract} says what the page must do, and its subclasses say against which server.
 */
@NullMarked
package isthmus.conformance.browser;

import org.jspecify.annotations.NullMarked;
