package isthmus.server.resources;

/**
 * A key of an account. An account has several, so that one can be replaced while both are good.
 *
 * @param secretKey what passwords and requests are signed with, which is why it must be kept as it is; never logged
 * @param endsMillis when it stops to be good, milliseconds since the epoch; {@link Long#MAX_VALUE} for never
 */
public record AccountKey(String accessKey, String secretKey, boolean enabled, long createdMillis, long endsMillis) {
    static AccountKey of(String accessKey, String secretKey, long nowMillis) {
        return new AccountKey(accessKey, secretKey, true, nowMillis, Long.MAX_VALUE);
    }

    AccountKey enabled(boolean now) {
        return new AccountKey(accessKey, secretKey, now, createdMillis, endsMillis);
    }

    AccountKey endingAt(long millis) {
        return new AccountKey(accessKey, secretKey, enabled, createdMillis, Math.min(endsMillis, millis));
    }

    /** Without the secret key. */
    @Override
    public String toString() {
        return "AccountKey[" + accessKey + "]";
    }
}
