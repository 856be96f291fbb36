package isthmus.conformance.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Who the load's devices are: their group, and what they sign on with. */
public record SignOn(String group, String accessKey, String secretKey) {
    String clientId(String device) {
        return group + "@@@" + device;
    }

    /** Base64(HMAC-SHA1(secret key, group)). */
    String password() {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secretKey.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(group.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new LoadFailure("this Java has no HmacSHA1", e);
        }
    }

    @Override
    public String toString() {
        return "SignOn[" + group + ", " + accessKey + "]";
    }
}
