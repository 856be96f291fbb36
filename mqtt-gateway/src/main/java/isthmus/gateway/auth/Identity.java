package isthmus.gateway.auth;

import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.Rights;
import org.jspecify.annotations.Nullable;

/**
 * Who a Client has signed on as. Immutable; whether it still holds is asked again and again.
 *
 * @param account what it may do is what this account may
 * @param credential by which it may use the account
 */
public record Identity(String account, Credential credential) {
    /** Never, for what does not end by itself. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Why the Client may not stay, or null. */
    public @Nullable Withdrawal objection(Directory directory, String clientId, long nowMillis) {
        Rights rights = directory.rights(account, clientId);
        if (rights == null) {
            return Withdrawal.ofAccount("account " + account + " was removed or disabled");
        }
        Withdrawal objection = credential.objection(directory, account, nowMillis);
        return objection == null ? objectionOfGroup(directory, rights, clientId) : objection;
    }

    private @Nullable Withdrawal objectionOfGroup(Directory directory, Rights rights, String clientId) {
        String group = ClientIds.groupOf(clientId);
        if (group == null) {
            return rights.mayUseAllGroups()
                    ? null
                    : Withdrawal.ofAccount("account " + account + " may no longer be used without a group");
        }
        if (!directory.hasGroup(group)) {
            return Withdrawal.ofAccount("group " + group + " was removed");
        }
        return rights.mayUse(group)
                ? null
                : Withdrawal.ofAccount("account " + account + " may no longer use group " + group);
    }

    /** What the Client may do now; null when its account may do nothing. */
    public @Nullable Rights rights(Directory directory, String clientId) {
        Rights rights = directory.rights(account, clientId);
        return rights != null && credential instanceof Credential.Tokens tokens
                ? tokens.held().narrow(rights, directory, clientId)
                : rights;
    }

    /** When it ends by itself, milliseconds since the epoch, or {@link #NEVER}. */
    public long expiresMillis(Directory directory) {
        return credential instanceof Credential.Tokens tokens ? tokens.held().expiresMillis(directory) : NEVER;
    }

    /** The type of the token that ends first. */
    public TokenType firstToExpire(Directory directory) {
        return credential instanceof Credential.Tokens tokens ? tokens.held().firstToExpire(directory) : TokenType.RW;
    }

    /** With another token; the same when the Client did not sign on with tokens. */
    public Identity withToken(TokenUpload upload) {
        return credential instanceof Credential.Tokens tokens
                ? new Identity(account, new Credential.Tokens(tokens.held().with(upload.type(), upload.text())))
                : this;
    }

    /** Whether it rests on this token. */
    public boolean usesToken(String id) {
        return credential instanceof Credential.Tokens tokens && tokens.held().has(id);
    }

    /** Whether it rests on this device credential. */
    public boolean usesDevice(String id) {
        return credential instanceof Credential.Device device && device.id().equals(id);
    }
}
