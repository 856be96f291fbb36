package isthmus.server.resources;

import isthmus.gateway.spi.Rights;
import isthmus.gateway.spi.Token;
import isthmus.server.permissions.TokenScope;
import java.util.List;

/**
 * A temporary token. Its text was shown once; only the hash of it is kept.
 *
 * @param id SHA-256 of its text, in hex digits
 * @param topics what it is for, as it was asked for
 */
public record IssuedToken(
        String id,
        String account,
        List<String> topics,
        TokenScope scope,
        boolean reads,
        boolean writes,
        long createdMillis,
        long expiresMillis,
        boolean isRevoked)
        implements Token {
    IssuedToken revoked() {
        return new IssuedToken(id, account, topics, scope, reads, writes, createdMillis, expiresMillis, true);
    }

    @Override
    public Rights scope(String clientId) {
        return scope.of(clientId);
    }

    @Override
    public String toString() {
        return "IssuedToken[" + id.substring(0, 8) + "]";
    }
}
