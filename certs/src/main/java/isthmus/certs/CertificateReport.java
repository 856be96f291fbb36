package isthmus.certs;

import java.nio.file.Path;
import java.security.Key;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Describes a PEM file for people; never shows a private key. */
public final class CertificateReport {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1"; // RFC 5280, section 4.2.1.12
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private CertificateReport() {}

    /** One line after the other for what the file holds; fails when it holds neither a certificate nor a key. */
    public static List<String> describe(Path path, Clock clock) {
        return describe(PemFile.read(path), clock);
    }

    static List<String> describe(PemFile file, Clock clock) {
        if (!file.hasCertificates() && !file.hasKey()) {
            throw new CertificateFailure(file.path(), "no certificate and no private key found (expected a PEM file)");
        }
        List<String> lines = new ArrayList<>();
        if (file.hasCertificates()) {
            file.certificates().forEach(certificate -> describe(certificate, clock, lines));
        }
        if (file.hasKey()) {
            lines.add("Private key  " + kind(file.key()));
        }
        return lines;
    }

    private static void describe(X509Certificate certificate, Clock clock, List<String> lines) {
        List<String> names = HostNames.allIn(certificate);
        lines.add("Certificate  " + certificate.getSubjectX500Principal().getName());
        lines.add("  issued by  " + certificate.getIssuerX500Principal().getName());
        lines.add("  for        " + use(certificate));
        if (!names.isEmpty()) {
            lines.add("  names      " + String.join(", ", names));
        }
        lines.add("  valid      " + certificate.getNotBefore().toInstant() + " to "
                + certificate.getNotAfter().toInstant() + " (" + state(certificate, clock.instant()) + ")");
        lines.add("  key        " + kind(certificate.getPublicKey()));
        lines.add("  serial     " + certificate.getSerialNumber().toString(16));
        lines.add("  SHA-256    " + X509.fingerprint(certificate));
    }

    private static String state(X509Certificate certificate, Instant now) {
        Instant start = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isBefore(start)) {
            return "not valid yet";
        }
        return now.isAfter(end) ? "expired" : Duration.between(now, end).toDays() + " days left";
    }

    private static String use(X509Certificate certificate) {
        if (X509.isAuthority(certificate)) {
            return "a certificate authority";
        }
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            if (purposes == null) {
                return "any purpose";
            }
            return String.join(
                    ", ", purposes.stream().map(CertificateReport::purpose).toList());
        } catch (CertificateParsingException e) {
            return "an unreadable purpose";
        }
    }

    private static String purpose(String identifier) {
        return switch (identifier) {
            case SERVER_AUTH -> "servers";
            case CLIENT_AUTH -> "clients (devices)";
            default -> identifier;
        };
    }

    private static String kind(Key key) {
        if (key instanceof ECKey ec) {
            return key.getAlgorithm() + ", "
                    + ec.getParams().getCurve().getField().getFieldSize() + " bits";
        }
        if (key instanceof RSAKey rsa) {
            return key.getAlgorithm() + ", " + rsa.getModulus().bitLength() + " bits";
        }
        return key.getAlgorithm();
    }
}
