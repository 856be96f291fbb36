package isthmus.gateway.auth;

/** What came of looking at User Name, Password and certificate. */
sealed interface Claim {
    /** They are an account's. */
    record Proved(Identity identity) implements Claim {}

    /** @param reason a sentence for the log; never holds a password, key or token */
    record Disproved(String reason) implements Claim {}
}
