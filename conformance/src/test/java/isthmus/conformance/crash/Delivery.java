package isthmus.conformance.crash;

/**
 * A message that a device's application was given: once for each QoS 2 message, whatever came on the wire.
 *
 * @param connection which of the device's connections it came over, from 1 on
 * @param qos the QoS of the PUBLISH packet
 */
record Delivery(String name, String topic, int qos, boolean dup, boolean retain, int connection) {}
