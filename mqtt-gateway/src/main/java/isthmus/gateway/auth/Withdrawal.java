package isthmus.gateway.auth;

/**
 * Why a Client that has signed on may no longer stay.
 *
 * @param cause for who counts
 * @param reason a sentence for the log; never holds a password, key or token
 * @param code of the notice that a Client with tokens gets (wire contract 1.9)
 */
public record Withdrawal(Cause cause, String reason, int code) {
    /** Kinds of reasons. */
    public enum Cause {
        /** The key, token or device credential is gone, disabled, or over. */
        CREDENTIAL,
        /** The account is gone or disabled, or may not be used by the group any more. */
        ACCOUNT
    }

    static final int FORGED = 1;
    static final int EXPIRED = 2;
    static final int REVOKED = 3;
    static final int WRONG_TYPE = 5;
    static final int WRONG_ACCOUNT = -1;

    static Withdrawal ofCredential(String reason, int code) {
        return new Withdrawal(Cause.CREDENTIAL, reason, code);
    }

    /** What should be a token is nothing of that form. */
    public static Withdrawal unreadableToken() {
        return ofCredential("the uploaded token has not the form {\"token\":…,\"type\":\"R|W|RW\"}", FORGED);
    }

    static Withdrawal ofAccount(String reason) {
        return new Withdrawal(Cause.ACCOUNT, reason, WRONG_ACCOUNT);
    }
}
