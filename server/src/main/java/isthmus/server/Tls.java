package isthmus.server;

import isthmus.certs.CertificateWatch;
import isthmus.certs.CredentialFiles;
import isthmus.certs.HostNames;
import isthmus.certs.ServerIdentity;
import isthmus.certs.TlsFiles;
import isthmus.certs.TlsMaterial;
import isthmus.gateway.transport.TlsOptions;
import isthmus.server.config.Mqtt;
import isthmus.server.config.Mqtt.ClientCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of the TLS listeners: those that are configured, or, without any, a CA and a certificate of our own in
 * the data directory, renewed in time. Replaced files are taken up while the server runs.
 */
final class Tls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final @Nullable TlsMaterial material;
    private final @Nullable CertificateWatch watch;
    private final boolean clientsRequired;
    private final @Nullable Path ownAuthority;

    private Tls(
            @Nullable TlsMaterial material,
            @Nullable CertificateWatch watch,
            boolean clientsRequired,
            @Nullable Path ownAuthority) {
        this.material = material;
        this.watch = watch;
        this.clientsRequired = clientsRequired;
        this.ownAuthority = ownAuthority;
    }

    /**
     * Reads or makes the certificates; nothing when no listener needs any.
     *
     * @param directory where our own ones are kept
     * @param timer renews our own certificate
     * @throws isthmus.certs.CertificateFailure naming the file and what is wrong with it
     */
    static Tls open(Mqtt mqtt, Path directory, ScheduledExecutorService timer) {
        if (mqtt.tls().port().isOff() && mqtt.wss().port().isOff()) {
            return new Tls(null, null, false, null);
        }
        Mqtt.Tls configured = mqtt.tls();
        CredentialFiles credential;
        Path ownAuthority = null;
        if (configured.certificate() != null && configured.key() != null) {
            credential = new CredentialFiles(configured.certificate(), configured.key());
        } else {
            ServerIdentity own = ServerIdentity.openOrCreate(directory, HostNames.ofThisMachine());
            credential = own.files();
            ownAuthority = own.authority();
            renewInTime(directory, timer);
        }
        TlsFiles files = TlsFiles.of(credential);
        if (configured.clients() != ClientCertificate.OFF) {
            files = files.withClientAuthority(clientAuthority(configured, directory));
        }
        TlsMaterial material = TlsMaterial.load(files);
        return new Tls(
                material, material.watch(LOOK), configured.clients() == ClientCertificate.REQUIRED, ownAuthority);
    }

    private static Path clientAuthority(Mqtt.Tls configured, Path directory) {
        return configured.clientCa() != null
                ? configured.clientCa()
                : ServerIdentity.openOrCreate(directory, HostNames.ofThisMachine())
                        .authority();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the timer
    private static void renewInTime(Path directory, ScheduledExecutorService timer) {
        timer.scheduleAtFixedRate(() -> renew(directory), 1, 1, TimeUnit.DAYS);
    }

    /** Does nothing until the certificate is near its end; the watch takes the new one up. */
    private static void renew(Path directory) {
        try {
            ServerIdentity.openOrCreate(directory, HostNames.ofThisMachine());
        } catch (RuntimeException failure) {
            LOG.error("the server certificate was not renewed; it is tried again in a day", failure);
        }
    }

    /** Null when no listener needs TLS. */
    @Nullable
    TlsOptions options() {
        if (material == null) {
            return null;
        }
        return material.verifiesClients()
                ? new TlsOptions(material.keyManager(), material.clientTrust(), clientsRequired, material::verifyClient)
                : new TlsOptions(material.keyManager());
    }

    void describe(ReadyMessage ready) {
        if (ownAuthority != null) {
            ready.line("CA certificate for clients", ownAuthority.toString());
        }
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
    }
}
