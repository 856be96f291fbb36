package isthmus.queue.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decides by the topic, as it stands in a stored record, whether the record is wanted. */
@FunctionalInterface
interface TopicMatch {
    /** Wants every record. */
    TopicMatch ANY = (log, at, length) -> {
        byte[] name = new byte[length];
        log.get(at, name);
        return new String(name, StandardCharsets.UTF_8);
    };

    /** The topic's name when the record is wanted, otherwise null. */
    @Nullable
    String match(ByteBuffer log, int at, int length);
}
