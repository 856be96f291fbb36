package isthmus.gateway.harness;

import isthmus.gateway.GatewaySettings;
import isthmus.gateway.auth.CertificateRules;
import isthmus.gateway.auth.ClientIdRules;
import isthmus.gateway.codec.PacketLimits;
import isthmus.gateway.limits.AdmissionLimits;
import isthmus.gateway.limits.CapacityLimits;
import isthmus.gateway.session.SessionLimits;
import isthmus.gateway.transport.TransportOptions;

/** The settings of a gateway in a test: wide, but for what the test is about. */
public final class TestLimits {
    private SessionLimits sessions = GatewayFixture.limits(1000, 1000);
    private AdmissionLimits admission = new AdmissionLimits(1000, 0, 100_000, 0, 1000);
    private CapacityLimits capacity = new CapacityLimits(1000, 1000, 1000, 1000, 10_000_000, 10_000, 100_000_000);

    public TestLimits sessions(SessionLimits limits) {
        sessions = limits;
        return this;
    }

    public TestLimits admission(AdmissionLimits limits) {
        admission = limits;
        return this;
    }

    public TestLimits capacity(CapacityLimits limits) {
        capacity = limits;
        return this;
    }

    public GatewaySettings settings() {
        return new GatewaySettings(
                new TransportOptions(new PacketLimits(1 << 20, 20_000, 1024, 128), 128, 32 * 1024, 64 * 1024, null, 2),
                sessions,
                admission,
                capacity,
                new ClientIdRules(256, false),
                CertificateRules.none());
    }
}
