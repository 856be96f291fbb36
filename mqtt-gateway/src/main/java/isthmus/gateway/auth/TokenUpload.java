package isthmus.gateway.auth;

import isthmus.gateway.spi.Payload;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fresh token from a Client that is connected: <code>{"token":"…","type":"R|W|RW"}</code>, published to
 * {@code $SYS/uploadToken} (wire contract 1.9). Two short texts without escapes are all there can be in it, so that two
 * patterns do for a parser.
 */
public record TokenUpload(TokenType type, String text) {
    private static final int MOST_BYTES = 4096;
    private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([^\"\\\\]{1,2048})\"");
    private static final Pattern TYPE = Pattern.compile("\"type\"\\s*:\\s*\"(R|W|RW)\"");

    /** Null when it is nothing of that form. */
    public static @Nullable TokenUpload of(Payload payload) {
        if (payload.length() > MOST_BYTES) {
            return null;
        }
        String json = new String(payload.array(), StandardCharsets.UTF_8);
        Matcher token = TOKEN.matcher(json);
        Matcher typeText = TYPE.matcher(json);
        if (!token.find() || !typeText.find()) {
            return null;
        }
        TokenType type = TokenType.of(typeText.group(1));
        return type == null ? null : new TokenUpload(type, token.group(1));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "TokenUpload[" + type + "]";
    }
}
