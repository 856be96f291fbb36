package isthmus.gateway.auth;

/**
 * What a Client's certificate says about the Client, on listeners with TLS that ask for one.
 *
 * @param account with whose rights {@link Use#SIGN_ON} lets Clients in; empty otherwise
 */
public record CertificateRules(Use use, String account) {
    /** How it is used. */
    public enum Use {
        /** It has to be trusted, and says nothing more. */
        NONE,
        /** Its common name has to be the Client Identifier, beside the password. */
        MATCH,
        /** The same, and such a Client needs no password. */
        SIGN_ON
    }

    public static CertificateRules none() {
        return new CertificateRules(Use.NONE, "");
    }
}
