package isthmus.certs;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the server's certificate by the host name that the client asked for (RFC 6066, section 3), among those that are
 * in use at that moment. For servers only. Any thread.
 */
final class ServerNameKeyManager extends X509ExtendedKeyManager {
    private final List<WatchedFiles<ServedCredential>> credentials;

    ServerNameKeyManager(List<WatchedFiles<ServedCredential>> credentials) {
        this.credentials = List.copyOf(credentials);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return choose(keyType, engine.getHandshakeSession());
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return choose(keyType, socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null);
    }

    /** The JDK asks for one key type after the other, in the client's order of preference. */
    private @Nullable String choose(String keyType, @Nullable SSLSession handshake) {
        return forHost(requestedHost(handshake)).stream()
                .filter(served -> served.hasKeyOf(keyType))
                .map(ServedCredential::alias)
                .findFirst()
                .orElse(null);
    }

    /** Several only when one host has certificates for keys of several types. */
    private List<ServedCredential> forHost(Optional<String> host) {
        ServedCredential first = credentials.get(0).current();
        return host.flatMap(name -> all(served -> served.names(name)).or(() -> all(s -> s.coversByWildcard(name))))
                .or(() -> all(served -> served.hosts().equals(first.hosts())))
                .orElse(List.of(first));
    }

    private Optional<List<ServedCredential>> all(Predicate<ServedCredential> condition) {
        List<ServedCredential> matching = credentials.stream()
                .map(WatchedFiles::current)
                .filter(condition)
                .toList();
        return matching.isEmpty() ? Optional.empty() : Optional.of(matching);
    }

    private static Optional<String> requestedHost(@Nullable SSLSession handshake) {
        if (handshake instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return Optional.of(host.getAsciiName().toLowerCase(Locale.ROOT));
                }
            }
        }
        return Optional.empty();
    }

    /** The chain and the key are fetched in two calls; an alias stays good when a replacement comes between them. */
    private Optional<Credential> find(String alias) {
        return credentials.stream()
                .map(WatchedFiles::versions)
                .flatMap(versions ->
                        Stream.of(Optional.of(versions.current()), Optional.ofNullable(versions.previous())))
                .flatMap(Optional::stream)
                .filter(served -> served.alias().equals(alias))
                .map(ServedCredential::credential)
                .findFirst();
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return find(alias)
                .map(credential -> credential.chain().toArray(X509Certificate[]::new))
                .orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return find(alias).map(Credential::key).orElse(null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return credentials.stream()
                .map(WatchedFiles::current)
                .filter(served -> served.hasKeyOf(keyType))
                .map(ServedCredential::alias)
                .toArray(String[]::new);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }
}
