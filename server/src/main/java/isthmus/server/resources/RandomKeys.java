package isthmus.server.resources;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Makes names and secrets that nobody can guess, of letters and digits only, so that they can be copied. Any thread. */
final class RandomKeys {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int NAME_LENGTH = 16;
    /** 40 out of 62 letters are 238 bits. */
    private static final int SECRET_LENGTH = 40;

    private final RandomGenerator random;

    RandomKeys(SecureRandom random) {
        this.random = random;
    }

    String accessKey() {
        return "AK" + text(NAME_LENGTH);
    }

    String deviceKey() {
        return "DC" + text(NAME_LENGTH);
    }

    /** A secret key, or the text of a token. */
    String secret() {
        return text(SECRET_LENGTH);
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
