package isthmus.certs;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files from which TLS connections are served.
 *
 * @param credentials at least one; the first is for clients that ask for no host name, or for an unknown one
 * @param clientAuthority certificates of the CAs whose clients are trusted; null when clients show no certificate
 */
public record TlsFiles(List<CredentialFiles> credentials, @Nullable Path clientAuthority) {
    public TlsFiles {
        credentials = List.copyOf(credentials);
        if (credentials.isEmpty()) {
            throw new CertificateFailure(
                    "no certificate is named (expected at least one certificate file and its key file)");
        }
    }

    public static TlsFiles of(CredentialFiles credential) {
        return new TlsFiles(List.of(credential), null);
    }

    public TlsFiles withClientAuthority(Path authority) {
        return new TlsFiles(credentials, authority);
    }

    Optional<Path> clients() {
        return Optional.ofNullable(clientAuthority);
    }
}
