package isthmus.gateway.spi;

/**
 * A key of an account that is in use.
 *
 * @param account whose it is
 * @param accessKey its name, the User Name of a CONNECT
 * @param secretKey what passwords are signed with; never logged
 */
public record AccountKey(String account, String accessKey, String secretKey) {
    /** Without the secret key. */
    @Override
    public String toString() {
        return "AccountKey[" + accessKey + "]";
    }
}
