package isthmus.certs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS without configuration: a directory in which {@code ca.crt}, {@code ca.key}, {@code server.crt} and
 * {@code server.key} are made at the first start. Opening it again renews the server certificate when its end is near or
 * the names changed, with the same CA, so that clients keep their {@code ca.crt}; a process that runs for years opens it
 * once a day, and {@link TlsMaterial} finds the new files.
 *
 * @param authority {@code ca.crt}, for clients
 * @param files {@code server.crt} and {@code server.key}
 */
public record ServerIdentity(Path authority, CredentialFiles files) {
    private static final Logger LOG = LoggerFactory.getLogger(ServerIdentity.class);
    private static final Duration RENEW_BEFORE_END = Duration.ofDays(30);

    public static ServerIdentity openOrCreate(Path directory, HostNames names) {
        return openOrCreate(directory, names, Clock.systemUTC(), new SecureRandom());
    }

    public static ServerIdentity openOrCreate(Path directory, HostNames names, Clock clock, SecureRandom random) {
        ServerIdentity identity = new ServerIdentity(
                CertificateAuthority.certificateFile(directory),
                new CredentialFiles(directory.resolve("server.crt"), directory.resolve("server.key")));
        Optional<Credential> present = identity.present(clock);
        Optional<String> why = identity.whyIssue(present, names, clock);
        if (why.isEmpty()) {
            return identity;
        }
        if (present.isPresent() && Files.notExists(CertificateAuthority.keyFile(directory))) {
            LOG.warn(
                    "{}: {}, but ca.key is not there to issue a new one; this one stays in use",
                    identity.files.certificate(),
                    why.get());
            return identity;
        }
        Credential issued =
                CertificateAuthority.openOrCreate(directory, clock, random).issueServer(names);
        issued.write(identity.files.certificate(), identity.files.key());
        LOG.info(
                "{}: {}, a new one was issued for {}, valid until {}",
                identity.files.certificate(),
                why.get(),
                String.join(", ", names.values()),
                issued.certificate().getNotAfter().toInstant());
        return identity;
    }

    /** The credential that is there, if it can be used at all. */
    private Optional<Credential> present(Clock clock) {
        if (Files.notExists(files.certificate())) {
            return Optional.empty();
        }
        requireNotForeign();
        try {
            Credential credential = files.read(clock);
            return isFromAuthority(credential.certificate()) ? Optional.of(credential) : Optional.empty();
        } catch (CertificateFailure unusable) {
            LOG.debug("not usable: {}", unusable.getMessage());
            return Optional.empty();
        }
    }

    /** A certificate that somebody else issued, and its key, are not ours to replace. */
    private void requireNotForeign() {
        X509Certificate certificate;
        try {
            certificate = PemFile.read(files.certificate()).certificates().get(0);
        } catch (CertificateFailure broken) {
            return;
        }
        if (!CertificateAuthority.isOurs(certificate) && !isFromAuthority(certificate)) {
            throw new CertificateFailure(
                    files.certificate(),
                    "was issued by " + certificate.getIssuerX500Principal().getName()
                            + ", not by the CA in this directory (name your own certificate and key in the configuration,"
                            + " mqtt.tls.certificate and mqtt.tls.key, or move the file away)");
        }
    }

    private boolean isFromAuthority(X509Certificate certificate) {
        return Files.exists(authority)
                && X509.isSignedBy(
                        certificate, PemFile.read(authority).certificates().get(0));
    }

    private Optional<String> whyIssue(Optional<Credential> present, HostNames names, Clock clock) {
        if (present.isEmpty()) {
            return Optional.of(
                    Files.exists(files.certificate())
                            ? "the server certificate cannot be used"
                            : "no server certificate yet");
        }
        X509Certificate certificate = present.get().certificate();
        if (clock.instant()
                .plus(RENEW_BEFORE_END)
                .isAfter(certificate.getNotAfter().toInstant())) {
            return Optional.of("the server certificate ends on "
                    + certificate.getNotAfter().toInstant());
        }
        if (!new HashSet<>(HostNames.in(certificate).values()).equals(new HashSet<>(names.values()))) {
            return Optional.of("the names of the server changed");
        }
        return Optional.empty();
    }
}
