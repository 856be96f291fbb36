package isthmus.gateway.auth;

import isthmus.gateway.codec.ConnectReturnCode;
import isthmus.gateway.codec.Packet;
import isthmus.gateway.spi.Account;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.Payload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Checks the identity that a CONNECT claims. Stateless; any thread; takes a few microseconds (one or two HMACs).
 *
 * <p>Accepted: User Name {@code <AccessKey>} with the signature of the Group ID, and {@code Signature|<AccessKey>|<InstanceId>}
 * with the signature of the Client Identifier or the Group ID (wire contract 1.9).
 */
public final class SignOn {
    private static final String SIGNATURE_MODE = "Signature|";

    private final Directory directory;
    private final int clientIdBytes;
    private final String decoyKey = Long.toHexString(ThreadLocalRandom.current().nextLong());

    /** @param clientIdBytes longest Client Identifier that is accepted, in bytes of UTF-8 */
    public SignOn(Directory directory, int clientIdBytes) {
        this.directory = directory;
        this.clientIdBytes = clientIdBytes;
    }

    /** What came of it. */
    public sealed interface Result {
        record Accepted(Account account) implements Result {}

        /** @param reason a sentence for the log; never holds a password or key */
        record Refused(ConnectReturnCode code, String reason) implements Result {}
    }

    public Result check(Packet.Connect connect) {
        String clientId = connect.clientId();
        if (clientId.getBytes(StandardCharsets.UTF_8).length > clientIdBytes) {
            return refused(
                    ConnectReturnCode.IDENTIFIER_REJECTED,
                    "the client id is longer than mqtt.limits.clientIdBytes (" + clientIdBytes + ")");
        }
        String group = ClientIds.groupOf(clientId);
        if (group == null) {
            return refused(ConnectReturnCode.IDENTIFIER_REJECTED, "the client id has not the form GroupID@@@DeviceID");
        }
        if (!directory.hasGroup(group)) {
            return refused(
                    ConnectReturnCode.IDENTIFIER_REJECTED,
                    "group " + group + " does not exist: add it under resources.groups");
        }
        return checkPassword(connect, group);
    }

    private Result checkPassword(Packet.Connect connect, String group) {
        String userName = connect.userName();
        Payload password = connect.password();
        if (userName == null || password == null) {
            return refused(ConnectReturnCode.BAD_USER_NAME_OR_PASSWORD, "user name and password are required");
        }
        boolean signatureMode = userName.startsWith(SIGNATURE_MODE);
        Account account = directory.account(signatureMode ? accessKeyOf(userName) : userName);
        // An unknown AccessKey costs the same time as a wrong password, and gets the same answer.
        String secretKey = account == null ? decoyKey : account.secretKey();
        boolean right = matches(password, group, secretKey);
        if (signatureMode) {
            right |= matches(password, connect.clientId(), secretKey);
        }
        if (account == null || !right) {
            return refused(
                    ConnectReturnCode.BAD_USER_NAME_OR_PASSWORD,
                    "unknown AccessKey, or the password is not the signature of the group id");
        }
        if (!account.mayUse(group)) {
            return refused(
                    ConnectReturnCode.NOT_AUTHORIZED, "account " + account.accessKey() + " may not use group " + group);
        }
        return new Result.Accepted(account);
    }

    private static boolean matches(Payload password, String text, String secretKey) {
        byte[] expected = PasswordSignature.of(text, secretKey).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, password.array());
    }

    private static String accessKeyOf(String userName) {
        int end = userName.indexOf('|', SIGNATURE_MODE.length());
        return userName.substring(SIGNATURE_MODE.length(), end < 0 ? userName.length() : end);
    }

    private static Result.Refused refused(ConnectReturnCode code, String reason) {
        return new Result.Refused(code, reason);
    }
}
