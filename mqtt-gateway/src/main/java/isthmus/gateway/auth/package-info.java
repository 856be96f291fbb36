/** Sign-on: who a Client is, and whether its password is right. */
@NullMarked
package isthmus.gateway.auth;

import org.jspecify.annotations.NullMarked;
