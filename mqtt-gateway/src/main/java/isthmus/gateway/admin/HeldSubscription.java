package isthmus.gateway.admin;

import isthmus.gateway.spi.QoS;

/** A subscription that a Client holds. */
public record HeldSubscription(String filter, QoS qos) {}
