package isthmus.gateway.auth;

import isthmus.gateway.codec.ConnectReturnCode;
import isthmus.gateway.codec.Packet;
import isthmus.gateway.limits.Limit;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.Rights;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Checks the identity that a CONNECT claims: the Client Identifier and its group here, what proves the account in {@link
 * ClaimCheck}. Stateless; any thread; takes a few microseconds (one or two HMACs).
 */
public final class SignOn {
    private final Directory directory;
    private final ClientIdRules rules;
    private final ClaimCheck claims;

    public SignOn(Directory directory, ClientIdRules rules, CertificateRules certificates, Clock clock) {
        this.directory = directory;
        this.rules = rules;
        this.claims = new ClaimCheck(directory, certificates, clock);
    }

    /** What came of it. */
    public sealed interface Result {
        record Accepted(Identity identity) implements Result {}

        /**
         * @param reason a sentence for the log; never holds a password or key
         * @param limit what was exceeded, if that is the reason
         */
        record Refused(ConnectReturnCode code, String reason, @Nullable Limit limit) implements Result {}
    }

    /** @param certificateName the common name of the certificate that the Client showed, or null */
    public Result check(Packet.Connect connect, @Nullable String certificateName) {
        String clientId = connect.clientId();
        if (clientId.getBytes(StandardCharsets.UTF_8).length > rules.maxBytes()) {
            return new Result.Refused(
                    ConnectReturnCode.IDENTIFIER_REJECTED,
                    "the client id is longer than " + Limit.CLIENT_ID_BYTES.setting() + " (" + rules.maxBytes() + ")",
                    Limit.CLIENT_ID_BYTES);
        }
        String group = ClientIds.groupOf(clientId);
        if (group == null && rules.anyForm() && ClientIds.isFree(clientId)) {
            return checkFree(connect, certificateName);
        }
        if (group == null) {
            return refused(ConnectReturnCode.IDENTIFIER_REJECTED, "the client id has not the form GroupID@@@DeviceID");
        }
        if (!directory.hasGroup(group)) {
            return refused(
                    ConnectReturnCode.IDENTIFIER_REJECTED,
                    "group " + group
                            + " does not exist: add it under resources.groups, or with isthmus ctl groups create");
        }
        Claim claim = claims.check(connect, group, certificateName);
        if (claim instanceof Claim.Proved proved) {
            return checkOfGroup(proved.identity(), clientId, group);
        }
        return refused(ConnectReturnCode.BAD_USER_NAME_OR_PASSWORD, ((Claim.Disproved) claim).reason());
    }

    private Result checkOfGroup(Identity identity, String clientId, String group) {
        Rights rights = directory.rights(identity.account(), clientId);
        return rights != null && rights.mayUse(group)
                ? new Result.Accepted(identity)
                : refused(
                        ConnectReturnCode.NOT_AUTHORIZED,
                        "account " + identity.account() + " may not use group " + group);
    }

    /** Nothing says that the identifier is meant to have no group, so every objection is one to the identifier. */
    private Result checkFree(Packet.Connect connect, @Nullable String certificateName) {
        if (claims.check(connect, null, certificateName) instanceof Claim.Proved proved && mayBeEmpty(connect)) {
            Rights rights = directory.rights(proved.identity().account(), connect.clientId());
            if (rights != null && rights.mayUseAllGroups()) {
                return new Result.Accepted(proved.identity());
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

    private static Result.Refused refused(ConnectReturnCode code, String reason) {
        return new Result.Refused(code, reason, null);
    }
}
