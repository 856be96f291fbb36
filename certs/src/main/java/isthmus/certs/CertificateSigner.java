package isthmus.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Writes and signs certificates in the name of one authority, following RFC 5280.
 *
 * @param issuer the authority's name
 * @param issuerPublicKey the authority's public key
 * @param key the authority's private key
 * @param end no certificate outlives it
 */
record CertificateSigner(
        X500Name issuer, PublicKey issuerPublicKey, PrivateKey key, Instant end, Clock clock, SecureRandom random) {
    /** Certificates begin in the past, for devices whose clock is slow. */
    private static final Duration HEAD_START = Duration.ofHours(1);

    private static final int SERIAL_BITS = 127; // RFC 5280, section 4.1.2.2: positive, at most 20 octets

    X509Certificate sign(CertificateProfile profile, PublicKey subjectKey) {
        Instant start = clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(HEAD_START);
        Instant stop = start.plus(profile.validity()).minusSeconds(1); // both ends belong to the validity
        X509v3CertificateBuilder certificate = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                Date.from(start),
                Date.from(stop.isBefore(end) ? stop : end),
                profile.subject(),
                subjectKey);
        try {
            addExtensions(certificate, profile, subjectKey);
            return X509.decode(certificate
                    .build(new JcaContentSignerBuilder(X509.signatureAlgorithm(key)).build(key))
                    .getEncoded());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot sign the certificate " + profile.subject(), e);
        }
    }

    private void addExtensions(X509v3CertificateBuilder certificate, CertificateProfile profile, PublicKey subjectKey)
            throws GeneralSecurityException, IOException {
        JcaX509ExtensionUtils keyIdentifiers = new JcaX509ExtensionUtils();
        BasicConstraints constraints = profile.authority() ? new BasicConstraints(0) : new BasicConstraints(false);
        certificate
                .addExtension(Extension.basicConstraints, true, constraints)
                .addExtension(Extension.keyUsage, true, new KeyUsage(profile.keyUsage()))
                .addExtension(
                        Extension.subjectKeyIdentifier, false, keyIdentifiers.createSubjectKeyIdentifier(subjectKey))
                .addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        keyIdentifiers.createAuthorityKeyIdentifier(issuerPublicKey));
        if (profile.purpose() != null) {
            certificate.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(profile.purpose()));
        }
        if (!profile.names().isEmpty()) {
            certificate.addExtension(Extension.subjectAlternativeName, false, alternatives(profile.names()));
        }
    }

    private static GeneralNames alternatives(List<String> names) {
        return new GeneralNames(names.stream()
                .map(name ->
                        new GeneralName(HostNames.isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "CertificateSigner[" + issuer + "]";
    }
}
