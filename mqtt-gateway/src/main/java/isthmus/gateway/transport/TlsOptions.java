package isthmus.gateway.transport;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Who the Server is, and whom it trusts. The managers are asked at each handshake: what stands behind them may be
 * replaced while the Server runs, and the key manager may choose by the name that the Client asks for (SNI).
 *
 * @param clientTrust which certificates of Clients are good; null when Clients are not asked for one
 * @param clientCertificateRequired whether a Client without a certificate is refused; needs {@code clientTrust}
 * @param sessionCheck asked after each handshake, because a resumed TLS session does not ask {@code clientTrust}; called
 *     on the event loop
 */
public record TlsOptions(
        X509ExtendedKeyManager keyManager,
        @Nullable X509ExtendedTrustManager clientTrust,
        boolean clientCertificateRequired,
        SessionCheck sessionCheck) {
    /** Whether the Client of a finished handshake is still trusted. */
    @FunctionalInterface
    public interface SessionCheck {
        /** @throws CertificateException when it is not: the connection is closed */
        void check(SSLSession session) throws CertificateException;
    }

    /** Clients are not asked for certificates. */
    public TlsOptions(X509ExtendedKeyManager keyManager) {
        this(keyManager, null, false, session -> {});
    }

    public TlsOptions {
        if (clientCertificateRequired && clientTrust == null) {
            throw new IllegalArgumentException(
                    "certificates of clients are required, but nothing says which to trust (mqtt.tls.clientCa)");
        }
    }

    /** TLS 1.2 and 1.3 of the JDK. */
    public SslContext serverContext() {
        SslContextBuilder builder = SslContextBuilder.forServer(keyManager)
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .clientAuth(clientAuth());
        if (clientTrust != null) {
            builder.trustManager(clientTrust);
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException("this Java offers no TLS 1.2 and 1.3: " + e.getMessage(), e);
        }
    }

    private ClientAuth clientAuth() {
        if (clientTrust == null) {
            return ClientAuth.NONE;
        }
        return clientCertificateRequired ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL;
    }
}
