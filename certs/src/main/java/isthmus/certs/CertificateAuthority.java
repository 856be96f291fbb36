package isthmus.certs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * A private certificate authority: {@code ca.crt}, which clients trust, and {@code ca.key}, which signs, in one directory.
 * Immutable once open; any thread.
 */
public final class CertificateAuthority {
    /** Also the limit that some clients put on server certificates. */
    public static final Duration DEFAULT_VALIDITY = Duration.ofDays(825);

    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);
    private static final String NAME = "Isthmus CA ";

    private final X509Certificate certificate;
    private final CertificateSigner signer;

    private CertificateAuthority(Credential credential, Clock clock, SecureRandom random) {
        this.certificate = credential.certificate();
        this.signer = new CertificateSigner(
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
                certificate.getPublicKey(),
                credential.key(),
                certificate.getNotAfter().toInstant(),
                clock,
                random);
    }

    /** Opens the authority of a directory; creates it, and the directory, where there is none. */
    public static CertificateAuthority openOrCreate(Path directory) {
        return openOrCreate(directory, Clock.systemUTC(), new SecureRandom());
    }

    public static CertificateAuthority openOrCreate(Path directory, Clock clock, SecureRandom random) {
        boolean none = Files.notExists(certificateFile(directory)) && Files.notExists(keyFile(directory));
        return none ? create(directory, clock, random) : open(directory, clock, random);
    }

    /** Opens an existing authority, also one made with other tools. */
    public static CertificateAuthority open(Path directory, Clock clock, SecureRandom random) {
        Path certificateFile = certificateFile(directory);
        Path keyFile = keyFile(directory);
        if (Files.notExists(certificateFile)) {
            throw new CertificateFailure(
                    certificateFile,
                    Files.exists(keyFile)
                            ? "file not found, although ca.key is there (put ca.crt back, or remove ca.key to begin with a new CA)"
                            : "file not found (create a CA with: isthmus certs init)");
        }
        if (Files.notExists(keyFile)) {
            throw new CertificateFailure(
                    keyFile,
                    "file not found, although ca.crt is there (without the key of the CA no certificate can be issued)");
        }
        Credential credential = CredentialFiles.parse(PemFile.read(certificateFile), PemFile.read(keyFile), clock);
        if (!X509.isAuthority(credential.certificate())) {
            throw new CertificateFailure(
                    certificateFile, "is not the certificate of a CA (expected basic constraints with CA:TRUE)");
        }
        return new CertificateAuthority(credential, clock, random);
    }

    /** Creates a new authority. It replaces what there is: every client then needs the new {@code ca.crt}. */
    public static CertificateAuthority create(Path directory, Clock clock, SecureRandom random) {
        KeyPair keys = newKeys(random);
        CertificateProfile profile =
                CertificateProfile.authority(NAME + shortName(keys.getPublic()), AUTHORITY_VALIDITY);
        CertificateSigner self = new CertificateSigner(
                profile.subject(), keys.getPublic(), keys.getPrivate(), Instant.MAX, clock, random);
        Credential credential = new Credential(keys.getPrivate(), List.of(self.sign(profile, keys.getPublic())));
        credential.write(certificateFile(directory), keyFile(directory));
        return new CertificateAuthority(credential, clock, random);
    }

    /** What clients trust. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** A certificate for a server that is reached under these names, valid for {@link #DEFAULT_VALIDITY}. */
    public Credential issueServer(HostNames names) {
        return issue(CertificateProfile.server(names, DEFAULT_VALIDITY));
    }

    /** A certificate with which a device proves its Client Identifier, valid for {@link #DEFAULT_VALIDITY}. */
    public Credential issueDevice(String clientId) {
        return issueDevice(clientId, DEFAULT_VALIDITY);
    }

    /**
     * A certificate with which a device proves its Client Identifier: its common name.
     *
     * @param validity at least one day; never beyond the authority's own end
     */
    public Credential issueDevice(String clientId, Duration validity) {
        if (!clientId.matches("\\S+@@@\\S+") || clientId.length() > CertificateProfile.COMMON_NAME_MAX) {
            throw new CertificateFailure(
                    "'" + clientId + "' cannot be the client id of a certificate (expected GroupID@@@DeviceID"
                            + " without spaces, at most 64 characters, such as GID_Sensors@@@device-1)");
        }
        if (validity.compareTo(Duration.ofDays(1)) < 0) {
            throw new CertificateFailure("a validity of " + validity.toDays() + " days (expected: 1 or more)");
        }
        return issue(CertificateProfile.device(clientId, validity));
    }

    private Credential issue(CertificateProfile profile) {
        KeyPair keys = newKeys(signer.random());
        return new Credential(keys.getPrivate(), List.of(signer.sign(profile, keys.getPublic()), certificate));
    }

    static Path certificateFile(Path directory) {
        return directory.resolve("ca.crt");
    }

    static Path keyFile(Path directory) {
        return directory.resolve("ca.key");
    }

    /** Whether {@link #create} made the authority that signed this certificate, be it this one or an earlier one. */
    static boolean isOurs(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().getName().startsWith("CN=" + NAME);
    }

    /** Tells authorities apart: a client that trusts two must not mistake one for the other. */
    private static String shortName(PublicKey key) {
        return X509.sha256(key.getEncoded()).substring(0, 8);
    }

    private static KeyPair newKeys(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has EC keys on P-256", e);
        }
    }
}
