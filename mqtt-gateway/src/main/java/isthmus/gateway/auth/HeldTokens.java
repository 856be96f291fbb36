package isthmus.gateway.auth;

import isthmus.gateway.spi.Directory;
import isthmus.gateway.spi.Rights;
import isthmus.gateway.spi.Token;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tokens that a Client has signed on with, one for each type; known by their hashes. Immutable. */
public final class HeldTokens {
    private static final int MOST_PARTS = 6;

    private final Map<TokenType, String> ids;

    private HeldTokens(Map<TokenType, String> ids) {
        this.ids = ids;
    }

    /** Those of a Password {@code R|token|W|token}, in any order; null when it has not that form. */
    static @Nullable HeldTokens ofPassword(String password) {
        String[] parts = password.split("\\|", MOST_PARTS + 1);
        Map<TokenType, String> ids = new EnumMap<>(TokenType.class);
        for (int i = 0; i + 1 < parts.length; i += 2) {
            TokenType type = TokenType.of(parts[i]);
            if (type == null || ids.put(type, idOf(parts[i + 1])) != null) {
                return null;
            }
        }
        return ids.isEmpty() || parts.length % 2 != 0 || parts.length > MOST_PARTS ? null : new HeldTokens(ids);
    }

    /** The same with another token of one type. */
    HeldTokens with(TokenType type, String text) {
        Map<TokenType, String> replaced = new EnumMap<>(ids);
        replaced.put(type, idOf(text));
        return new HeldTokens(replaced);
    }

    /** What a token is known by. A token is random, so that nothing can be guessed from how long finding it takes. */
    public static String idOf(String text) {
        return HexFormat.of().formatHex(Sha256.of(text));
    }

    /** Why not all of them are good for the account now, or null. */
    @Nullable
    Withdrawal objection(Directory directory, String account, long nowMillis) {
        for (Map.Entry<TokenType, String> each : ids.entrySet()) {
            Withdrawal objection = objection(directory.token(each.getValue()), each.getKey(), account, nowMillis);
            if (objection != null) {
                return objection;
            }
        }
        return null;
    }

    private static @Nullable Withdrawal objection(
            @Nullable Token token, TokenType type, String account, long nowMillis) {
        if (token == null) {
            return Withdrawal.ofCredential("there is no such token, or it expired long ago", Withdrawal.FORGED);
        }
        if (token.isRevoked()) {
            return Withdrawal.ofCredential("the token was revoked", Withdrawal.REVOKED);
        }
        if (token.expiresMillis() <= nowMillis) {
            return Withdrawal.ofCredential("the token has expired", Withdrawal.EXPIRED);
        }
        if (!token.account().equals(account)) {
            return Withdrawal.ofCredential("the token is another account's", Withdrawal.WRONG_ACCOUNT);
        }
        if ((type.reads() && !token.reads()) || (type.writes() && !token.writes())) {
            return Withdrawal.ofCredential("the token is not for " + type, Withdrawal.WRONG_TYPE);
        }
        return null;
    }

    /** When the first of them ends, milliseconds since the epoch. */
    long expiresMillis(Directory directory) {
        long first = Long.MAX_VALUE;
        for (String id : ids.values()) {
            Token token = directory.token(id);
            first = Math.min(first, token == null ? 0 : token.expiresMillis());
        }
        return first;
    }

    /** The type of the one that ends first, for the notice to the Client. */
    TokenType firstToExpire(Directory directory) {
        TokenType first = TokenType.RW;
        long earliest = Long.MAX_VALUE;
        for (Map.Entry<TokenType, String> each : ids.entrySet()) {
            Token token = directory.token(each.getValue());
            long expires = token == null ? 0 : token.expiresMillis();
            if (expires <= earliest) {
                earliest = expires;
                first = each.getKey();
            }
        }
        return first;
    }

    boolean has(String id) {
        return ids.containsValue(id);
    }

    /** What the account may do, as far as the tokens are for it. They must be good. */
    Rights narrow(Rights account, Directory directory, String clientId) {
        Rights reading = null;
        Rights writing = null;
        for (Map.Entry<TokenType, String> each : ids.entrySet()) {
            Token token = directory.token(each.getValue());
            if (token != null && each.getKey().reads()) {
                reading = token.scope(clientId);
            }
            if (token != null && each.getKey().writes()) {
                writing = token.scope(clientId);
            }
        }
        return new TokenRights(account, reading, writing);
    }
}
