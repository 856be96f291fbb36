package isthmus.gateway;

import isthmus.gateway.session.SessionLimits;
import isthmus.gateway.transport.TransportOptions;

/**
 * How the gateway is set up.
 *
 * @param clientIdBytes longest Client Identifier that is accepted, in bytes of UTF-8
 */
public record GatewaySettings(TransportOptions transport, SessionLimits limits, int clientIdBytes) {}
