package isthmus.conformance.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the load's devices sign on with.
 *
 * @param clientIdPrefix what their Client Identifiers begin with
 */
public record SignOn(String clientIdPrefix, String userName, String password) {
    /** Devices of a group, whose password is Base64(HMAC-SHA1(secret key, group)). */
    public static SignOn signed(String group, String accessKey, String secretKey) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secretKey.getBytes(UTF_8), "HmacSHA1"));
            String password = Base64.getEncoder().encodeToString(mac.doFinal(group.getBytes(UTF_8)));
            return new SignOn(group + "@@@", accessKey, password);
        } catch (GeneralSecurityException e) {
            throw new LoadFailure("this Java has no HmacSHA1", e);
        }
    }

    String clientId(String device) {
        return clientIdPrefix + device;
    }

    @Override
    public String toString() {
        return "SignOn[" + clientIdPrefix + ", " + userName + "]";
    }
}
