/**
 * MQTT 3.1.1 to the letter: for each normative statement of the standard that concerns a server, the tests that prove it,
 * most of them raw bytes out and raw bytes in. The tests here and in other modules cite statements with {@link
 * isthmus.conformance.normative.Normative}; {@link isthmus.conformance.normative.ConformancePageTest} sees to it that
 * none is missing, and that docs/conformance.md says so.
 */
@NullMarked
package isthmus.conformance.normative;

import org.jspecify.annotations.NullMarked;
