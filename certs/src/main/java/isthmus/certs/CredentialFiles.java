package isthmus.certs;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * The two PEM files of a {@link Credential}; may be one and the same.
 *
 * @param certificate the certificate of the key first, then those that lead to the CA
 * @param key the private key, not encrypted
 */
public record CredentialFiles(Path certificate, Path key) {
    /** Reads the pair and checks that it can be used: one belongs to the other, and it is valid now. */
    public Credential read(Clock clock) {
        return parse(PemFile.read(certificate), PemFile.read(key), clock);
    }

    static Credential parse(PemFile certificateFile, PemFile keyFile, Clock clock) {
        List<X509Certificate> chain = certificateFile.certificates();
        PrivateKey key = keyFile.key();
        X509Certificate own = chain.get(0);
        if (!X509.belongTogether(key, own.getPublicKey())) {
            throw new CertificateFailure(
                    keyFile.path(),
                    "the key does not belong to the first certificate in "
                            + certificateFile.path().getFileName() + ", "
                            + own.getSubjectX500Principal().getName()
                            + " (expected its private key; in a chain the certificate of the key comes first)");
        }
        requireValid(certificateFile.path(), own, clock.instant());
        return new Credential(key, chain);
    }

    static void requireValid(Path file, X509Certificate certificate, Instant now) {
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            throw new CertificateFailure(
                    file,
                    "the certificate expired on " + certificate.getNotAfter().toInstant()
                            + " (expected one that is valid now)");
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            throw new CertificateFailure(
                    file,
                    "the certificate is not valid before "
                            + certificate.getNotBefore().toInstant()
                            + " (expected one that is valid now; is the clock right?)");
        }
    }
}
