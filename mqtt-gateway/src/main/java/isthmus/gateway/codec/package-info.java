/**
 * MQTT 3.1.1 Control Packets as records, and their strict translation from and to bytes. Where a rule of the standard
 * is obeyed, its normative statement ({@code [MQTT-x.y.z-n]}, Appendix B of the OASIS text) is named.
 */
@NullMarked
package isthmus.gateway.codec;

import org.jspecify.annotations.NullMarked;
