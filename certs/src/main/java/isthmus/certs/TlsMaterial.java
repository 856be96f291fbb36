package isthmus.certs;

import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What TLS connections are served with, read from PEM files. Give {@link #keyManager} and {@link #clientTrust} to an
 * {@link javax.net.ssl.SSLContext} once; when {@link #watch} finds new files, later handshakes use them, and connections
 * that are open know nothing of it. Any thread.
 *
 * <p>Where clients are verified, call {@link #verifyClient} after every handshake: a resumed TLS session brings its client
 * certificate from the ticket, and the JDK verifies it no more, whatever has become of its CA.
 */
public final class TlsMaterial {
    private final List<WatchedFiles<ServedCredential>> credentials;
    private final Optional<WatchedFiles<ClientAuthorities>> authorities;

    private TlsMaterial(
            List<WatchedFiles<ServedCredential>> credentials, Optional<WatchedFiles<ClientAuthorities>> authorities) {
        this.credentials = credentials;
        this.authorities = authorities;
    }

    public static TlsMaterial load(TlsFiles files) {
        return load(files, Clock.systemUTC());
    }

    /** Reads the files. Fails with {@link CertificateFailure} when one of them cannot be used now. */
    public static TlsMaterial load(TlsFiles files, Clock clock) {
        List<WatchedFiles<ServedCredential>> credentials =
                files.credentials().stream().map(pair -> watched(pair, clock)).toList();
        return new TlsMaterial(credentials, files.clients().map(file -> watched(file, clock)));
    }

    private static WatchedFiles<ServedCredential> watched(CredentialFiles pair, Clock clock) {
        return new WatchedFiles<>(
                List.of(pair.certificate(), pair.key()),
                files -> ServedCredential.of(CredentialFiles.parse(files.get(0), files.get(1), clock)));
    }

    private static WatchedFiles<ClientAuthorities> watched(Path authorities, Clock clock) {
        return new WatchedFiles<>(List.of(authorities), files -> ClientAuthorities.parse(files.get(0), clock));
    }

    /** The server's certificates, chosen by the host name that a client asks for. */
    public X509ExtendedKeyManager keyManager() {
        return new ServerNameKeyManager(credentials);
    }

    /** Verifies client certificates; trusts nobody when no client CA is configured. */
    public X509ExtendedTrustManager clientTrust() {
        return new ClientTrust(() -> authorities.map(WatchedFiles::current));
    }

    /** Whether a client CA is configured, so that clients are to be asked for their certificates. */
    public boolean verifiesClients() {
        return authorities.isPresent();
    }

    /**
     * Verifies the client certificate of a finished handshake with the authorities that are in use now; one of a resumed
     * session was last verified when the session began, however long ago. Costs a signature or two.
     *
     * @throws CertificateException when the client shows a certificate that is not trusted; then the connection must be
     *     closed. A client without one passes: whether it may is a matter of the handshake
     */
    public void verifyClient(SSLSession session) throws CertificateException {
        if (authorities.isEmpty()) {
            return;
        }
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate certificate : session.getPeerCertificates()) {
                chain.add((X509Certificate) certificate);
            }
            String keyType = chain.get(0).getPublicKey().getAlgorithm();
            clientTrust().checkClientTrusted(chain.toArray(X509Certificate[]::new), keyType);
        } catch (SSLPeerUnverifiedException noCertificate) {
            return;
        }
    }

    /** Looks for changed files from now on, on a daemon thread of its own. Call it once. */
    public CertificateWatch watch(Duration interval) {
        return new CertificateWatch(this, interval);
    }

    /** Reads the files again and replaces what changed. Watch thread only. */
    void look() {
        credentials.forEach(WatchedFiles::look);
        authorities.ifPresent(WatchedFiles::look);
    }
}
