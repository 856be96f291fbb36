package isthmus.certs;

import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate is to say, but for its key and its issuer.
 *
 * @param keyUsage bits of {@link KeyUsage}
 * @param purpose the extended key usage; null for an authority, which has none
 * @param names Subject Alternative Names; empty but for servers
 * @param validity from start to end; the issuer's own end may cut it
 */
record CertificateProfile(
        X500Name subject,
        boolean authority,
        int keyUsage,
        @Nullable KeyPurposeId purpose,
        List<String> names,
        Duration validity) {
    /** RFC 5280, appendix A: ub-common-name. */
    static final int COMMON_NAME_MAX = 64;

    static CertificateProfile authority(String commonName, Duration validity) {
        int usage = KeyUsage.keyCertSign | KeyUsage.cRLSign;
        return new CertificateProfile(named(commonName), true, usage, null, List.of(), validity);
    }

    static CertificateProfile server(HostNames names, Duration validity) {
        String commonName = names.values().stream()
                .filter(name -> name.length() <= COMMON_NAME_MAX)
                .findFirst()
                .orElse("Isthmus server");
        return new CertificateProfile(
                named(commonName),
                false,
                KeyUsage.digitalSignature,
                KeyPurposeId.id_kp_serverAuth,
                names.values(),
                validity);
    }

    static CertificateProfile device(String clientId, Duration validity) {
        return new CertificateProfile(
                named(clientId), false, KeyUsage.digitalSignature, KeyPurposeId.id_kp_clientAuth, List.of(), validity);
    }

    private static X500Name named(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }
}
