package isthmus.server.resources;

/**
 * A key that was just made. This is the only time that its secret is shown.
 *
 * @param id AccessKey or DeviceAccessKeyId
 */
public record NewKey(String id, String secretKey) {
    /** Without the secret key. */
    @Override
    public String toString() {
        return "NewKey[" + id + "]";
    }
}
