package isthmus.gateway.auth;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What a Client's certificate calls the Client. */
public final class CertificateNames {
    private CertificateNames() {}

    /** The common name of the certificate that the Client showed; null when it showed none, or one without such a name. */
    public static @Nullable String commonName(SSLSession session) {
        try {
            Certificate shown = session.getPeerCertificates()[0];
            return shown instanceof X509Certificate certificate
                    ? commonName(certificate.getSubjectX500Principal().getName())
                    : null;
        } catch (SSLPeerUnverifiedException noCertificate) {
            return null;
        }
    }

    /** @param subject as RFC 2253 writes it: the most specific part first */
    static @Nullable String commonName(String subject) {
        try {
            for (Rdn part : new LdapName(subject).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(part.getValue());
                }
            }
            return null;
        } catch (InvalidNameException unreadable) {
            return null;
        }
    }
}
