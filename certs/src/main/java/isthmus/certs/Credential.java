package isthmus.certs;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key and the certificate that proves whose it is.
 *
 * @param chain the certificate of the key first, then the certificate that signed it, and so on
 */
public record Credential(PrivateKey key, List<X509Certificate> chain) {
    public Credential {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException(
                    "empty certificate chain (expected: at least the key's own certificate)");
        }
    }

    /** The certificate of the key. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * Writes the chain for everybody and the key for the owner only, in directories that are made where they do not exist.
     * Either file is complete or as it was before.
     */
    public void write(Path certificateFile, Path keyFile) {
        OwnerOnlyFiles.createDirectoryOf(keyFile);
        OwnerOnlyFiles.createDirectoryOf(certificateFile);
        // The key first: whoever finds the new certificate finds its key.
        PemFile.writeKey(keyFile, key);
        PemFile.writeCertificates(certificateFile, chain);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Credential[" + certificate().getSubjectX500Principal().getName() + "]";
    }
}
