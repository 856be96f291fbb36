package isthmus.gateway.auth;

import isthmus.gateway.spi.AccountKey;
import isthmus.gateway.spi.DeviceCredential;
import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.Payload;
import org.jspecify.annotations.Nullable;

/** What a Client has shown to sign on, and has to have as long as it stays. Immutable; holds no secret. */
public sealed interface Credential {
    /** Why it is not good for the account any more, or null. */
    @Nullable
    Withdrawal objection(Directory directory, String account, long nowMillis);

    /** A key of the account. */
    record Key(String accessKey) implements Credential {
        @Override
        public @Nullable Withdrawal objection(Directory directory, String account, long nowMillis) {
            AccountKey key = directory.accountKey(accessKey);
            return key != null && key.account().equals(account)
                    ? null
                    : Withdrawal.ofCredential(
                            "AccessKey " + accessKey + " was removed or disabled", Withdrawal.WRONG_ACCOUNT);
        }
    }

    /** A device's own credential. {@code passwordHash} tells it from a later one with the same name. */
    record Device(String id, Payload passwordHash) implements Credential {
        @Override
        public @Nullable Withdrawal objection(Directory directory, String account, long nowMillis) {
            DeviceCredential now = directory.deviceCredential(id);
            return now != null
                            && now.account().equals(account)
                            && now.passwordHash().equals(passwordHash)
                    ? null
                    : Withdrawal.ofCredential(
                            "device credential " + id + " was removed, renewed or disabled", Withdrawal.FORGED);
        }

        @Override
        public String toString() {
            return "Device[" + id + "]";
        }
    }

    /** Temporary tokens. */
    record Tokens(HeldTokens held) implements Credential {
        @Override
        public @Nullable Withdrawal objection(Directory directory, String account, long nowMillis) {
            return held.objection(directory, account, nowMillis);
        }
    }

    /** The certificate of the TLS connection, which is as good as the connection. */
    record Certificate(String name) implements Credential {
        @Override
        public @Nullable Withdrawal objection(Directory directory, String account, long nowMillis) {
            return null;
        }
    }
}
