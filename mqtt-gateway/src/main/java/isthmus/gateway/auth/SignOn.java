package isthmus.gateway.auth;

import isthmus.gateway.codec.ConnectReturnCode;
import isthmus.gateway.codec.Packet;
import isthmus.gateway.limits.Limit;
import isthmus.gateway.spi.Account;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.Payload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Checks the identity that a CONNECT claims. Stateless; any thread; takes a few microseconds (one or two HMACs).
 *
 * <p>Accepted: User Name {@code <AccessKey>} with the signature of the Group ID, and {@code Signature|<AccessKey>|<InstanceId>}
 * with the signature of the Client Identifier or the Group ID (wire contract 1.9). A Client that has no group, where such
 * are accepted, signs its Client Identifier.
 */
public final class SignOn {
    private static final String SIGNATURE_MODE = "Signature|";

    private final Directory directory;
    private final ClientIdRules rules;
    private final String decoyKey = Long.toHexString(ThreadLocalRandom.current().nextLong());

    public SignOn(Directory directory, ClientIdRules rules) {
        this.directory = directory;
        this.rules = rules;
    }

    /** What came of it. */
    public sealed interface Result {
        record Accepted(Account account) implements Result {}

        /**
         * @param reason a sentence for the log; never holds a password or key
         * @param limit what was exceeded, if that is the reason
         */
        record Refused(ConnectReturnCode code, String reason, @Nullable Limit limit) implements Result {}
    }

    public Result check(Packet.Connect connect) {
        String clientId = connect.clientId();
        if (clientId.getBytes(StandardCharsets.UTF_8).length > rules.maxBytes()) {
            return new Result.Refused(
                    ConnectReturnCode.IDENTIFIER_REJECTED,
                    "the client id is longer than " + Limit.CLIENT_ID_BYTES.setting() + " (" + rules.maxBytes() + ")",
                    Limit.CLIENT_ID_BYTES);
        }
        String group = ClientIds.groupOf(clientId);
        if (group == null && rules.anyForm() && ClientIds.isFree(clientId)) {
            return checkFree(connect);
        }
        if (group == null) {
            return refused(ConnectReturnCode.IDENTIFIER_REJECTED, "the client id has not the form GroupID@@@DeviceID");
        }
        if (!directory.hasGroup(group)) {
            return refused(
                    ConnectReturnCode.IDENTIFIER_REJECTED,
                    "group " + group + " does not exist: add it under resources.groups");
        }
        return checkOfGroup(connect, group);
    }

    private Result checkOfGroup(Packet.Connect connect, String group) {
        String userName = connect.userName();
        Payload password = connect.password();
        if (userName == null || password == null) {
            return refused(ConnectReturnCode.BAD_USER_NAME_OR_PASSWORD, "user name and password are required");
        }
        Account account = accountOf(userName);
        String secretKey = secretKeyOf(account);
        boolean right = matches(password, group, secretKey);
        if (userName.startsWith(SIGNATURE_MODE)) {
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

    /** Nothing says that the identifier is meant to have no group, so every objection is one to the identifier. */
    private Result checkFree(Packet.Connect connect) {
        String userName = connect.userName();
        Payload password = connect.password();
        if (userName != null && password != null) {
            Account account = accountOf(userName);
            boolean right = matches(password, connect.clientId(), secretKeyOf(account));
            if (account != null && right && account.mayUseAllGroups() && mayBeEmpty(connect)) {
                return new Result.Accepted(account);
            }
        }
        return refused(
                ConnectReturnCode.IDENTIFIER_REJECTED,
                connect.clientId().isEmpty() && !connect.cleanSession()
                        ? "an empty client id needs Clean Session 1"
                        : "the client id has not the form GroupID@@@DeviceID, and for one of another form the password is"
                                + " its signature, with the key of an account for all groups");
    }

    /** [MQTT-3.1.3-8]. */
    private static boolean mayBeEmpty(Packet.Connect connect) {
        return connect.cleanSession() || !connect.clientId().isEmpty();
    }

    private @Nullable Account accountOf(String userName) {
        return directory.account(userName.startsWith(SIGNATURE_MODE) ? accessKeyOf(userName) : userName);
    }

    /** An unknown AccessKey costs the same time as a wrong password, and gets the same answer. */
    private String secretKeyOf(@Nullable Account account) {
        return account == null ? decoyKey : account.secretKey();
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
        return new Result.Refused(code, reason, null);
    }
}
