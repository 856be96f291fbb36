package isthmus.server.resources;

import isthmus.gateway.spi.DeviceCredential;
import isthmus.gateway.spi.Payload;

/**
 * A credential of one device, so that no account's secret key has to be in it.
 *
 * @param passwordHash SHA-256 of the password, which is the signature of the client id: the secret key itself was shown once
 *     and is not kept
 */
public record DeviceKey(
        String id, String account, String clientId, Payload passwordHash, boolean enabled, long createdMillis) {
    DeviceCredential forGateway() {
        return new DeviceCredential(id, account, clientId, passwordHash);
    }

    DeviceKey withEnabled(boolean now) {
        return new DeviceKey(id, account, clientId, passwordHash, now, createdMillis);
    }

    DeviceKey withPasswordHash(Payload hash) {
        return new DeviceKey(id, account, clientId, hash, enabled, createdMillis);
    }

    @Override
    public String toString() {
        return "DeviceKey[" + id + "]";
    }
}
