/**
 * Certificates: a certificate authority with server and device certificates, PEM files, and TLS material that is replaced
 * while connections stay open. Keys and TLS are the JDK's; Bouncy Castle only writes X.509 and reads PEM.
 */
@NullMarked
package isthmus.certs;

import org.jspecify.annotations.NullMarked;
