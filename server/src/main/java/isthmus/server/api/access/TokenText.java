package isthmus.server.api.access;

import isthmus.gateway.auth.Sha256;
import java.security.SecureRandom;

/** What tokens look like, and what is kept of them. */
final class TokenText {
    /** So that scanners for leaked secrets, and people, know one when they see it. */
    private static final String PREFIX = "isthmus_";

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    /** 40 out of 62 letters are 238 bits: no need for a slow hash. */
    private static final int LENGTH = 40;

    private TokenText() {}

    static String random(SecureRandom random) {
        StringBuilder token = new StringBuilder(PREFIX);
        for (int i = 0; i < LENGTH; i++) {
            token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return token.toString();
    }

    static byte[] hash(String token) {
        return Sha256.of(token);
    }
}
