package isthmus.server;

import isthmus.certs.CertificateWatch;
import isthmus.certs.CredentialFiles;
import isthmus.certs.HostNames;
import isthmus.certs.ServerIdentity;
import isthmus.certs.TlsFiles;
import isthmus.certs.TlsMaterial;
import isthmus.gateway.transport.TlsOptions;
import isthmus.server.config.Configuration;
import isthmus.server.config.Mqtt;
import isthmus.server.config.Mqtt.ClientCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of the TLS listeners and of the management interface: those that are configured, or, without any, a CA
 * and a certificate of our own in the data directory, renewed in time. Replaced files are taken up while the server runs.
 */
final class Tls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Configuration configuration;
    private final Path directory;
    /** Null when no listener for devices needs TLS. */
    private final @Nullable TlsMaterial mqtt;
    /** Null when the management interface needs none. The same as that of the listeners unless it has its own. */
    private final @Nullable TlsMaterial api;

    private final List<CertificateWatch> watches;

    private Tls(Configuration configuration, Path directory) {
        this.configuration = configuration;
        this.directory = directory;
        this.mqtt = isForDevices() ? TlsMaterial.load(filesForDevices()) : null;
        this.api = isForApi() ? materialForApi() : null;
        this.watches = Stream.of(mqtt, api)
                .flatMap(Stream::ofNullable)
                .distinct()
                .map(material -> material.watch(LOOK))
                .toList();
    }

    /**
     * Reads or makes the certificates; none when nothing needs any.
     *
     * @param directory where our own ones are kept
     * @param timer renews our own certificate
     * @throws isthmus.certs.CertificateFailure naming the file and what is wrong with it
     */
    static Tls open(Configuration configuration, Path directory, ScheduledExecutorService timer) {
        Tls tls = new Tls(configuration, directory);
        if (tls.isOwnInUse()) {
            tls.renewInTime(timer);
        }
        return tls;
    }

    private boolean isForDevices() {
        return !configuration.mqtt().tls().port().isOff()
                || !configuration.mqtt().wss().port().isOff();
    }

    private boolean isForApi() {
        return configuration.api().tls().enabled()
                && !configuration.api().port().isOff();
    }

    private boolean isOwnInUse() {
        boolean devicesOwn = configuration.mqtt().tls().certificate() == null;
        return (isForDevices() && devicesOwn) || (isForApi() && isApiOwn());
    }

    private TlsFiles filesForDevices() {
        Mqtt.Tls configured = configuration.mqtt().tls();
        TlsFiles files = TlsFiles.of(credential(configured.certificate(), configured.key()));
        if (configured.clients() == ClientCertificate.OFF) {
            return files;
        }
        Path clientAuthority = configured.clientCa();
        return files.withClientAuthority(clientAuthority != null ? clientAuthority : own().authority());
    }

    private TlsMaterial materialForApi() {
        Configuration.Api.Tls configured = configuration.api().tls();
        if (configured.certificate() == null && mqtt != null) {
            return mqtt;
        }
        Mqtt.Tls devices = configuration.mqtt().tls();
        return TlsMaterial.load(TlsFiles.of(
                configured.certificate() != null
                        ? credential(configured.certificate(), configured.key())
                        : credential(devices.certificate(), devices.key())));
    }

    private CredentialFiles credential(@Nullable Path certificate, @Nullable Path key) {
        return certificate != null && key != null ? new CredentialFiles(certificate, key) : own().files();
    }

    private ServerIdentity own() {
        return ServerIdentity.openOrCreate(directory, HostNames.ofThisMachine());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the timer
    private void renewInTime(ScheduledExecutorService timer) {
        timer.scheduleAtFixedRate(this::renew, 1, 1, TimeUnit.DAYS);
    }

    /** Does nothing until the certificate is near its end; the watch takes the new one up. */
    private void renew() {
        try {
            own();
        } catch (RuntimeException failure) {
            LOG.error("the server certificate was not renewed; it is tried again in a day", failure);
        }
    }

    /** For the listeners; null when none of them needs TLS. */
    @Nullable
    TlsOptions forDevices() {
        if (mqtt == null) {
            return null;
        }
        boolean required = configuration.mqtt().tls().clients() == ClientCertificate.REQUIRED;
        return mqtt.verifiesClients()
                ? new TlsOptions(mqtt.keyManager(), mqtt.clientTrust(), required, mqtt::verifyClient)
                : new TlsOptions(mqtt.keyManager());
    }

    /** For the management interface, which asks nobody for a certificate; null when it speaks plain HTTP. */
    @Nullable
    TlsOptions forApi() {
        return api == null ? null : new TlsOptions(api.keyManager());
    }

    /** Whether the management interface has the certificate that we made, which is for the names of this machine. */
    boolean isApiOwn() {
        return configuration.api().tls().certificate() == null
                && configuration.mqtt().tls().certificate() == null;
    }

    void describe(ReadyMessage ready) {
        if (isOwnInUse()) {
            ready.line("CA certificate for clients", own().authority().toString());
        }
    }

    @Override
    public void close() {
        watches.forEach(CertificateWatch::close);
    }
}
