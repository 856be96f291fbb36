package isthmus.gateway.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** UTF-8 as section 1.5.3 wants it: ill-formed bytes are an error and never become U+FFFD. */
final class StrictUtf8 {
    private StrictUtf8() {}

    /** The text, or null when the bytes are ill-formed: overlong, truncated, beyond U+10FFFF, or encoded surrogates. */
    static @Nullable String decode(byte[] bytes) {
        // The JDK's own fast path: plain ASCII, which nearly every string on the wire is, is checked and copied in
        // bulk.
        if (isAscii(bytes)) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        try {
            // A fresh decoder reports what new String(bytes, UTF_8) would replace; a leading U+FEFF stays
            // [MQTT-1.5.3-3].
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isAscii(byte[] bytes) {
        int seen = 0;
        for (byte b : bytes) {
            seen |= b;
        }
        return seen >= 0;
    }
}
