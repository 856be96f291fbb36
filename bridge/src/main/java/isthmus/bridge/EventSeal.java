package isthmus.bridge;

import isthmus.queue.api.Body;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells the events that this gateway has written from those that a RocketMQ client has put on an event topic: they carry
 * the first half of an HMAC-SHA256 of their body, with a key that nobody else has. Any thread; about two microseconds.
 */
public final class EventSeal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_KEY_BYTES = 16;
    private static final int SEAL_BYTES = 16;

    private final SecretKeySpec key;

    private EventSeal(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * The seal of one gateway.
     *
     * @param key random bytes, the same at every start; with another key the events of before are taken for somebody else's
     */
    public static EventSeal of(byte[] key) {
        if (key.length < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException("the key of client events has " + key.length + " bytes (expected: "
                    + LEAST_KEY_BYTES + " or more)");
        }
        return new EventSeal(new SecretKeySpec(key, ALGORITHM));
    }

    /** The seal of a body, for {@link WireProperties#EVENT_SEAL}. */
    String on(Body body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] whole = mac.doFinal(body.array());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, SEAL_BYTES));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, impossible);
        }
    }

    /** Whether the seal is that of the body. */
    boolean fits(@Nullable String seal, Body body) {
        return seal != null && MessageDigest.isEqual(ascii(seal), ascii(on(body)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
