package isthmus.certs;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** The blocks of one PEM file (RFC 7468), and the writing of such files. Text around the blocks is ignored. */
final class PemFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String EXPECTED_CERTIFICATE = "(expected a PEM file with BEGIN CERTIFICATE)";
    private static final String EXPECTED_KEY = "(expected a PEM file with BEGIN PRIVATE KEY)";

    private final Path path;
    private final List<PemObject> blocks;

    private PemFile(Path path, List<PemObject> blocks) {
        this.path = path;
        this.blocks = blocks;
    }

    static PemFile read(Path path) {
        return parse(path, readBytes(path));
    }

    /** The content of a file that may be PEM. Refuses what is too large to be. */
    static byte[] readBytes(Path path) {
        try {
            if (Files.isDirectory(path)) {
                throw new CertificateFailure(path, "is a directory (expected a PEM file)");
            }
            if (Files.size(path) > MAX_BYTES) {
                throw new CertificateFailure(path, "is larger than 1 MiB (expected a PEM file)");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new CertificateFailure(path, "file not found (expected a PEM file)", e);
        } catch (IOException e) {
            throw new CertificateFailure(path, "cannot be read: " + OwnerOnlyFiles.reason(e), e);
        }
    }

    static PemFile parse(Path path, byte[] content) {
        // The blocks are ASCII; what surrounds them may be anything, a byte order mark included.
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf("-----BEGIN ");
        List<PemObject> blocks = new ArrayList<>();
        if (begin >= 0) {
            try (PemReader reader = new PemReader(new StringReader(text.substring(begin)))) {
                for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                    blocks.add(block);
                }
            } catch (IOException | RuntimeException e) {
                throw new CertificateFailure(
                        path, "is damaged or only half written (a PEM block does not end, or is not Base64)", e);
            }
        }
        return new PemFile(path, List.copyOf(blocks));
    }

    Path path() {
        return path;
    }

    boolean hasKey() {
        return blocks.stream().anyMatch(PrivateKeyBlock::is);
    }

    boolean hasCertificates() {
        return blocks.stream().anyMatch(block -> block.getType().endsWith(CERTIFICATE));
    }

    /** All certificates in the order of the file; at least one. */
    List<X509Certificate> certificates() {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemObject block : blocks) {
            if (block.getType().endsWith(CERTIFICATE)) {
                certificates.add(certificate(block));
            }
        }
        if (certificates.isEmpty()) {
            throw new CertificateFailure(path, "no certificate found " + EXPECTED_CERTIFICATE);
        }
        return certificates;
    }

    private X509Certificate certificate(PemObject block) {
        try {
            return X509.decode(block.getContent());
        } catch (GeneralSecurityException e) {
            throw new CertificateFailure(path, "holds a certificate that is damaged " + EXPECTED_CERTIFICATE, e);
        }
    }

    /** The first private key. */
    PrivateKey key() {
        PemObject block = blocks.stream()
                .filter(PrivateKeyBlock::is)
                .findFirst()
                .orElseThrow(() -> new CertificateFailure(path, "no private key found " + EXPECTED_KEY));
        if (PrivateKeyBlock.isEncrypted(block)) {
            throw new CertificateFailure(
                    path,
                    "the private key is encrypted, which is not supported (expected BEGIN PRIVATE KEY; decrypt it with:"
                            + " openssl pkey -in " + path.getFileName() + " -out decrypted.key)");
        }
        try {
            return PrivateKeyBlock.decode(block);
        } catch (GeneralSecurityException | RuntimeException | IOException e) {
            // The cause may quote what it could not read, and that is a key: it stays out of the failure.
            throw new CertificateFailure(
                    path,
                    "holds a private key that is damaged or of an unknown kind (expected RSA, or EC on P-256, P-384 or P-521)");
        }
    }

    static void writeCertificates(Path file, List<X509Certificate> certificates) {
        List<PemObject> blocks = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            try {
                blocks.add(new PemObject(CERTIFICATE, certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new CertificateFailure(file, "the certificate cannot be encoded", e);
            }
        }
        OwnerOnlyFiles.writePublic(file, text(file, blocks));
    }

    static void writeKey(Path file, PrivateKey key) {
        OwnerOnlyFiles.writePrivate(file, text(file, List.of(new PemObject("PRIVATE KEY", key.getEncoded()))));
    }

    private static byte[] text(Path file, List<PemObject> blocks) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            for (PemObject block : blocks) {
                writer.writeObject(block);
            }
        } catch (IOException e) {
            throw new CertificateFailure(file, "cannot be encoded", e);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
