package isthmus.certs;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Verifies client certificates with the authorities that are in use at that moment; without any it trusts nobody. For
 * servers only. Any thread.
 */
final class ClientTrust extends X509ExtendedTrustManager {
    private final Supplier<Optional<ClientAuthorities>> authorities;

    ClientTrust(Supplier<Optional<ClientAuthorities>> authorities) {
        this.authorities = authorities;
    }

    private X509ExtendedTrustManager verifier() throws CertificateException {
        return authorities
                .get()
                .map(ClientAuthorities::verifier)
                .orElseThrow(
                        () -> new CertificateException("no client certificate is trusted: no client CA is configured"));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        verifier().checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        verifier().checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        verifier().checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw notForServers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw notForServers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw notForServers();
    }

    private static CertificateException notForServers() {
        return new CertificateException("these authorities are for client certificates, not for servers");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities
                .get()
                .map(known -> known.certificates().toArray(X509Certificate[]::new))
                .orElseGet(() -> new X509Certificate[0]);
    }
}
