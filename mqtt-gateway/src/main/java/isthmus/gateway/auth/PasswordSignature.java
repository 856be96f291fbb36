package isthmus.gateway.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature that devices use as their Password: Base64(HMAC-SHA1(SecretKey, text)), both in UTF-8. The text is the
 * Group ID (requirements 1.5); newer products sign the whole Client Identifier.
 */
public final class PasswordSignature {
    private static final String ALGORITHM = "HmacSHA1";

    private PasswordSignature() {}

    /** @param secretKey not empty */
    public static String of(String text, String secretKey) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, impossible);
        }
    }
}
