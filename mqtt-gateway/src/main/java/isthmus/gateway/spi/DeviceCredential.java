package isthmus.gateway.spi;

/**
 * A credential of one device, in use.
 *
 * @param id its name, the DeviceAccessKeyId
 * @param account with whose rights the device signs on
 * @param clientId the only Client Identifier it is good for
 * @param passwordHash SHA-256 of the Password: as that is the signature of the one Client Identifier, the secret key itself
 *     need not be kept
 */
public record DeviceCredential(String id, String account, String clientId, Payload passwordHash) {
    @Override
    public String toString() {
        return "DeviceCredential[" + id + "]";
    }
}
