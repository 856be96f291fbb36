package isthmus.gateway.codec;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Other protocols that are often spoken to an MQTT port by mistake, known by their first bytes. */
public enum ForeignProtocol {
    HTTP("this looks like HTTP; this port speaks MQTT"),
    TLS("this looks like TLS; this port speaks MQTT without TLS");

    private static final List<String> HTTP_METHODS =
            List.of("GET ", "POST", "PUT ", "HEAD", "OPTI", "DELE", "CONN", "PATC", "TRAC", "PRI ");
    private static final int METHOD_BYTES = 4;
    /** Content type handshake, then the major version. */
    private static final int TLS_HANDSHAKE = 0x1603;

    private final String sentence;

    ForeignProtocol(String sentence) {
        this.sentence = sentence;
    }

    /** The protocol of the first readable bytes, or null when it is MQTT or unknown. */
    public static @Nullable ForeignProtocol of(ByteBuf first) {
        int start = first.readerIndex();
        if (first.readableBytes() >= 2 && first.getUnsignedShort(start) == TLS_HANDSHAKE) {
            return TLS;
        }
        if (first.readableBytes() >= METHOD_BYTES
                && HTTP_METHODS.contains(first.toString(start, METHOD_BYTES, StandardCharsets.ISO_8859_1))) {
            return HTTP;
        }
        return null;
    }

    String sentence() {
        return sentence;
    }
}
