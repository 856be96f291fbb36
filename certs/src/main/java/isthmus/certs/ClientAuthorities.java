package isthmus.certs;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The CAs whose clients are trusted, and the JDK's verifier for them.
 *
 * @param certificates at least one
 */
record ClientAuthorities(List<X509Certificate> certificates, X509ExtendedTrustManager verifier) {
    static ClientAuthorities parse(PemFile file, Clock clock) {
        List<X509Certificate> certificates = file.certificates();
        for (X509Certificate certificate : certificates) {
            requireAuthority(file.path(), certificate);
        }
        if (certificates.stream()
                .noneMatch(ca -> clock.instant().isBefore(ca.getNotAfter().toInstant()))) {
            CredentialFiles.requireValid(file.path(), certificates.get(0), clock.instant());
        }
        return new ClientAuthorities(List.copyOf(certificates), verifier(file.path(), certificates));
    }

    private static void requireAuthority(Path file, X509Certificate certificate) {
        if (certificate.getVersion() >= 3 && !X509.isAuthority(certificate)) {
            throw new CertificateFailure(
                    file,
                    "the certificate of "
                            + certificate.getSubjectX500Principal().getName()
                            + " is not that of a CA (expected the certificates of the CAs that issue client certificates)");
        }
    }

    private static X509ExtendedTrustManager verifier(Path file, List<X509Certificate> certificates) {
        try {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                anchors.setCertificateEntry("ca" + i, certificates.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(anchors);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new IllegalStateException("the PKIX trust manager of this Java platform knows no TLS sessions");
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateFailure(file, "the CA certificates cannot be used by this Java platform", e);
        }
    }

    @Override
    public String toString() {
        return certificates.size() + " CA(s) for clients, the first "
                + certificates.get(0).getSubjectX500Principal().getName();
    }
}
