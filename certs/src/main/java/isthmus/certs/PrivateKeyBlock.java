package isthmus.certs;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * The forms of a private key in a PEM file: PKCS #8 (RFC 5958), and the older ones that OpenSSL calls traditional, for RSA
 * (RFC 8017) and EC (RFC 5915).
 */
final class PrivateKeyBlock {
    private static final String PKCS8 = "PRIVATE KEY";
    private static final String RSA = "RSA PRIVATE KEY";
    private static final String EC = "EC PRIVATE KEY";

    private PrivateKeyBlock() {}

    static boolean is(PemObject block) {
        return block.getType().endsWith("PRIVATE KEY");
    }

    static boolean isEncrypted(PemObject block) {
        if (block.getType().equals("ENCRYPTED PRIVATE KEY")) {
            return true;
        }
        for (Object header : block.getHeaders()) { // RFC 1421, in the traditional forms
            if (header instanceof PemHeader named && named.getName().equals("DEK-Info")) {
                return true;
            }
        }
        return false;
    }

    static PrivateKey decode(PemObject block) throws GeneralSecurityException, IOException {
        PrivateKeyInfo key =
                switch (block.getType()) {
                    case PKCS8 -> PrivateKeyInfo.getInstance(block.getContent());
                    case RSA -> rsa(block.getContent());
                    case EC -> ec(block.getContent());
                    default -> throw new NoSuchAlgorithmException(block.getType());
                };
        return KeyFactory.getInstance(algorithm(key)).generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
    }

    private static PrivateKeyInfo rsa(byte[] content) throws IOException {
        return new PrivateKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                RSAPrivateKey.getInstance(content));
    }

    private static PrivateKeyInfo ec(byte[] content) throws IOException {
        ECPrivateKey key = ECPrivateKey.getInstance(content);
        return new PrivateKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()), key);
    }

    private static String algorithm(PrivateKeyInfo key) throws NoSuchAlgorithmException {
        ASN1ObjectIdentifier algorithm = key.getPrivateKeyAlgorithm().getAlgorithm();
        if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return "RSA";
        }
        if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return "EC";
        }
        throw new NoSuchAlgorithmException(algorithm.getId());
    }
}
