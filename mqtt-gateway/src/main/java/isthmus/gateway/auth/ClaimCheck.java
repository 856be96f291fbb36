package isthmus.gateway.auth;

import isthmus.gateway.codec.Packet;
import isthmus.gateway.spi.AccountKey;
import isthmus.gateway.spi.DeviceCredential;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.Payload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Whether a Client has what proves that it may use an account; whether its group may is {@link SignOn}'s question. The User
 * Name says what it shows (wire contract 1.9): {@code <AccessKey>} and {@code Signature|<AccessKey>|…}, a signature;
 * {@code Token|<AccessKey>|…}, tokens; {@code DeviceCredential|<id>|…}, the signature of a device's own key. Any thread.
 */
final class ClaimCheck {
    private static final String SIGNATURE = "Signature|";
    private static final String TOKEN = "Token|";
    private static final String DEVICE = "DeviceCredential|";

    private final Directory directory;
    private final CertificateRules certificates;
    private final Clock clock;
    private final String decoyKey = Long.toHexString(ThreadLocalRandom.current().nextLong());

    ClaimCheck(Directory directory, CertificateRules certificates, Clock clock) {
        this.directory = directory;
        this.certificates = certificates;
        this.clock = clock;
    }

    /**
     * @param group the Client's, which older products sign; null for a Client that belongs to none
     * @param certificateName the common name of the certificate it showed, or null
     */
    Claim check(Packet.Connect connect, @Nullable String group, @Nullable String certificateName) {
        boolean looksAtCertificates = certificates.use() != CertificateRules.Use.NONE && certificateName != null;
        if (looksAtCertificates && !connect.clientId().equals(certificateName)) {
            return new Claim.Disproved("the client id is not the common name of the client's certificate");
        }
        String userName = connect.userName();
        Payload password = connect.password();
        if (userName != null && password != null) {
            return check(connect.clientId(), group, userName, password);
        }
        if (looksAtCertificates && certificates.use() == CertificateRules.Use.SIGN_ON) {
            return new Claim.Proved(
                    new Identity(certificates.account(), new Credential.Certificate(connect.clientId())));
        }
        return new Claim.Disproved("user name and password are required");
    }

    private Claim check(String clientId, @Nullable String group, String userName, Payload password) {
        if (userName.startsWith(TOKEN)) {
            return checkTokens(nameIn(userName, TOKEN), password);
        }
        if (userName.startsWith(DEVICE)) {
            return checkDevice(clientId, nameIn(userName, DEVICE), password);
        }
        boolean newer = userName.startsWith(SIGNATURE);
        return checkSignature(clientId, group, newer ? nameIn(userName, SIGNATURE) : userName, newer, password);
    }

    /** An unknown AccessKey costs the same time as a wrong password, and gets the same answer. */
    private Claim checkSignature(
            String clientId, @Nullable String group, String accessKey, boolean newer, Payload password) {
        AccountKey key = directory.accountKey(accessKey);
        String secretKey = key == null ? decoyKey : key.secretKey();
        boolean right = matches(password, group == null ? clientId : group, secretKey);
        if (newer && group != null) {
            right |= matches(password, clientId, secretKey);
        }
        return key != null && right
                ? new Claim.Proved(new Identity(key.account(), new Credential.Key(accessKey)))
                : new Claim.Disproved("unknown AccessKey, or the password is not the signature of the group id");
    }

    /** The AccessKey says whose tokens they are; it need not be the key that asked for them. */
    private Claim checkTokens(String accessKey, Payload password) {
        HeldTokens held = HeldTokens.ofPassword(new String(password.array(), StandardCharsets.UTF_8));
        AccountKey key = directory.accountKey(accessKey);
        if (held == null) {
            return new Claim.Disproved("the password has not the form R|token|W|token");
        }
        if (key == null) {
            return new Claim.Disproved("unknown AccessKey");
        }
        Withdrawal objection = held.objection(directory, key.account(), clock.millis());
        return objection == null
                ? new Claim.Proved(new Identity(key.account(), new Credential.Tokens(held)))
                : new Claim.Disproved(objection.reason());
    }

    private Claim checkDevice(String clientId, String id, Payload password) {
        DeviceCredential credential = directory.deviceCredential(id);
        byte[] shown = Sha256.of(password.array());
        byte[] expected = credential == null
                ? new byte[shown.length]
                : credential.passwordHash().array();
        boolean right = MessageDigest.isEqual(expected, shown);
        return credential != null && right && credential.clientId().equals(clientId)
                ? new Claim.Proved(
                        new Identity(credential.account(), new Credential.Device(id, credential.passwordHash())))
                : new Claim.Disproved(
                        "unknown device credential, one of another client id, or the password is not its signature");
    }

    private static boolean matches(Payload password, String text, String secretKey) {
        byte[] expected = PasswordSignature.of(text, secretKey).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, password.array());
    }

    /** What stands between the mode and the instance id, which is not looked at. */
    private static String nameIn(String userName, String mode) {
        int end = userName.indexOf('|', mode.length());
        return userName.substring(mode.length(), end < 0 ? userName.length() : end);
    }
}
