package isthmus.gateway;

import isthmus.gateway.auth.CertificateRules;
import isthmus.gateway.auth.ClientIdRules;
import isthmus.gateway.limits.AdmissionLimits;
import isthmus.gateway.limits.CapacityLimits;
import isthmus.gateway.session.SessionLimits;
import isthmus.gateway.transport.TransportOptions;

/** How the gateway is set up. */
public record GatewaySettings(
        TransportOptions transport,
        SessionLimits limits,
        AdmissionLimits admission,
        CapacityLimits capacity,
        ClientIdRules clientIds,
        CertificateRules certificates) {}
