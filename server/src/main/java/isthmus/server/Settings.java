package isthmus.server;

import isthmus.bridge.BridgeSettings;
import isthmus.bridge.TraceSettings;
import isthmus.gateway.GatewaySettings;
import isthmus.gateway.auth.CertificateRules;
import isthmus.gateway.auth.ClientIdRules;
import isthmus.gateway.codec.PacketLimits;
import isthmus.gateway.limits.AdmissionLimits;
import isthmus.gateway.limits.CapacityLimits;
import isthmus.gateway.session.SessionLimits;
import isthmus.gateway.transport.TlsOptions;
import isthmus.gateway.transport.TransportOptions;
import isthmus.queue.embedded.EmbeddedSettings;
import isthmus.server.config.Configuration;
import isthmus.server.config.Limits;
import isthmus.server.config.Mqtt;
import isthmus.server.config.Queue;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The part of the configuration that each module takes, in the module's own terms. */
final class Settings {
    /** Connections that the operating system holds until they are accepted: many devices return at once. */
    private static final int BACKLOG = 4096;

    /** Of a CONNECT beside Client Identifier and Will: above all, User Name and Password. */
    private static final int REST_OF_CONNECT_BYTES = 4096;

    private static final int LOW_WATER_BYTES = 32 * 1024;
    private static final int HIGH_WATER_BYTES = 64 * 1024;

    private Settings() {}

    static EmbeddedSettings queue(Configuration configuration, Path directory) {
        Queue.Embedded embedded = configuration.queue().embedded();
        EmbeddedSettings defaults = EmbeddedSettings.in(directory);
        return new EmbeddedSettings(
                directory,
                embedded.host(),
                null,
                embedded.nameServerPort(),
                embedded.brokerPort(),
                embedded.flush() == Queue.Flush.SYNC ? EmbeddedSettings.Flush.SYNC : EmbeddedSettings.Flush.ASYNC,
                embedded.retentionHours(),
                defaults.logFileBytes(),
                defaults.maxBodyBytes());
    }

    static BridgeSettings bridge(Configuration.Bridge bridge) {
        return new BridgeSettings(
                bridge.requireTag(),
                new TraceSettings(bridge.traceContext(), bridge.traceSampledOneIn()),
                BridgeSettings.defaults().eventAttempts());
    }

    static GatewaySettings gateway(Mqtt mqtt, @Nullable TlsOptions tls) {
        Limits limits = mqtt.limits();
        return new GatewaySettings(
                new TransportOptions(
                        packets(limits),
                        BACKLOG,
                        LOW_WATER_BYTES,
                        HIGH_WATER_BYTES,
                        tls,
                        Runtime.getRuntime().availableProcessors()),
                new SessionLimits(
                        Duration.ofSeconds(limits.connectTimeoutSeconds()),
                        limits.keepAliveMax(),
                        limits.subscriptionsPerClient(),
                        limits.inFlightPerClient(),
                        limits.pendingPerClient(),
                        Duration.ofDays(limits.sessionExpiryDays()),
                        limits.willBytes(),
                        Duration.ofSeconds(limits.stalledSeconds())),
                admission(limits),
                new CapacityLimits(
                        limits.storedSessions(),
                        limits.subscriptions(),
                        limits.retainedMessages(),
                        limits.inboxes(),
                        limits.incomingBytes(),
                        limits.allWillsBytes(),
                        limits.waitingBytes()),
                new ClientIdRules(limits.clientIdBytes(), mqtt.clientIds() == Mqtt.ClientIds.ANY),
                certificates(mqtt.tls()));
    }

    private static CertificateRules certificates(Mqtt.Tls tls) {
        String account = tls.certificateAccount();
        return switch (tls.certificateSignOn()) {
            case OFF -> CertificateRules.none();
            case MATCH -> new CertificateRules(CertificateRules.Use.MATCH, "");
            case INSTEAD -> new CertificateRules(CertificateRules.Use.SIGN_ON, account == null ? "" : account);
        };
    }

    static AdmissionLimits admission(Limits limits) {
        return new AdmissionLimits(
                limits.connections(),
                limits.connectionsPerAddress(),
                limits.connectRate(),
                limits.connectRatePerAddress(),
                limits.connecting());
    }

    private static PacketLimits packets(Limits limits) {
        int connect = limits.clientIdBytes() + limits.topicBytes() + limits.willBytes() + REST_OF_CONNECT_BYTES;
        return new PacketLimits(limits.maxPacketBytes(), connect, limits.topicBytes(), limits.topicLevels());
    }
}
