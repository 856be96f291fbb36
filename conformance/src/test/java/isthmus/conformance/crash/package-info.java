/**
 * The crash test: devices and server applications exchange messages while the server is killed again and again, and a
 * ledger says in the end what was acknowledged and what became of it. {@link isthmus.conformance.crash.CrashRun} begins it.
 */
@NullMarked
package isthmus.conformance.crash;

import org.jspecify.annotations.NullMarked;
