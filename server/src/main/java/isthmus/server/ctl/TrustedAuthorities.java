package isthmus.server.ctl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authorities that are trusted to name a server. Nothing is read before a server with TLS is asked: those
 * of Java alone are more than a hundred.
 *
 * @param file of our own; null for none
 * @param java whether those are trusted that Java trusts
 */
record TrustedAuthorities(@Nullable Path file, boolean java) {
    /** Those in a file, and nobody else. */
    static TrustedAuthorities only(Path file) {
        return new TrustedAuthorities(file, false);
    }

    /** Those that Java trusts, and those in a file. */
    static TrustedAuthorities alsoIn(Path file) {
        return new TrustedAuthorities(file, true);
    }

    /** Those that Java trusts. */
    static TrustedAuthorities ofJava() {
        return new TrustedAuthorities(null, true);
    }

    /** @throws CtlFailure when the file cannot be read, or holds no certificate */
    SSLSocketFactory socketFactory() {
        try {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            for (Certificate authority : certificates()) {
                anchors.setCertificateEntry("ca" + anchors.size(), authority);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory(anchors).getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JDK has TLS: " + e.getMessage(), e);
        }
    }

    private List<Certificate> certificates() throws GeneralSecurityException {
        List<Certificate> all = new ArrayList<>(java ? ofThisJava() : List.of());
        if (file != null) {
            all.addAll(in(file));
        }
        return all;
    }

    private static Collection<? extends Certificate> in(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (!found.isEmpty()) {
                return found;
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new CtlFailure(
                    CtlFailure.FAILED,
                    file + " cannot be read as CA certificates (" + e.getClass().getSimpleName()
                            + "); name a PEM file with --ca-file or ISTHMUS_CA_FILE");
        }
        throw new CtlFailure(
                CtlFailure.FAILED, file + " holds no certificate; name a PEM file with --ca-file or ISTHMUS_CA_FILE");
    }

    private static List<X509Certificate> ofThisJava() throws GeneralSecurityException {
        List<X509Certificate> all = new ArrayList<>();
        for (TrustManager manager : factory(null).getTrustManagers()) {
            if (manager instanceof X509TrustManager known) {
                all.addAll(List.of(known.getAcceptedIssuers()));
            }
        }
        return all;
    }

    /** @param anchors null for those of Java */
    private static TrustManagerFactory factory(@Nullable KeyStore anchors) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        return factory;
    }
}
