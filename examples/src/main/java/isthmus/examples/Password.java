package isthmus.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The password of a device: Base64(HMAC-SHA1(SecretKey, GroupID)). The secret key itself never goes over the wire. */
public final class Password {
    private Password() {}

    public static String of(String groupId, String secretKey) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(secretKey.getBytes(UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(groupId.getBytes(UTF_8)));
    }
}
