package isthmus.certs;

import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Set;

/**
 * A credential as the handshake looks for it.
 *
 * @param alias tells it apart from every other, from its predecessor in the same files too
 * @param hosts the DNS names of its certificate, in lower case
 */
record ServedCredential(Credential credential, String alias, Set<String> hosts) {
    static ServedCredential of(Credential credential) {
        X509Certificate certificate = credential.certificate();
        return new ServedCredential(
                credential, X509.fingerprint(certificate), new HashSet<>(HostNames.dnsNamesIn(certificate)));
    }

    boolean names(String host) {
        return hosts.contains(host);
    }

    /** RFC 6125, section 6.4.3: the star stands for the whole left-most label. */
    boolean coversByWildcard(String host) {
        int dot = host.indexOf('.');
        return dot > 0 && hosts.contains("*" + host.substring(dot));
    }

    boolean hasKeyOf(String keyType) {
        return credential.key().getAlgorithm().equals(keyType);
    }

    @Override
    public String toString() {
        X509Certificate certificate = credential.certificate();
        return certificate.getSubjectX500Principal().getName() + ", valid until "
                + certificate.getNotAfter().toInstant();
    }
}
