package isthmus.gateway.codec;

import isthmus.gateway.limits.Limit;
import org.jspecify.annotations.Nullable;

/**
 * A Client broke a rule of MQTT or a limit of this Server; the Network Connection is to be closed [MQTT-4.8.0-1]. It is
 * the Client's fault and not a bug of ours, so there is no stack trace.
 */
public final class ProtocolViolation extends RuntimeException {
    /** Statement of a rule that the standard states without a number of its own: close on a protocol violation. */
    static final String GENERAL = "MQTT-4.8.0-1";
    /** Stands in place of a statement when the packet is legal MQTT but larger than this Server allows. */
    static final String LIMIT = "limit";

    private static final long serialVersionUID = 1;

    private final String statement;
    private final @Nullable Limit limit;

    /**
     * @param statement the normative statement of Appendix B, such as {@code MQTT-3.1.0-1}; {@code limit} when a limit
     *     of this Server was exceeded
     * @param message a sentence that names the packet and what is wrong with it; no payload, no secret
     */
    public ProtocolViolation(String statement, String message) {
        this(statement, message, null);
    }

    /** A limit of this Server was exceeded. */
    public ProtocolViolation(Limit limit, String message) {
        this(LIMIT, message, limit);
    }

    ProtocolViolation(String statement, String message, @Nullable Limit limit) {
        super(message, null, false, false);
        this.statement = statement;
        this.limit = limit;
    }

    public String statement() {
        return statement;
    }

    /** The limit that was exceeded; null when it was a rule of MQTT that was broken. */
    public @Nullable Limit limit() {
        return limit;
    }
}
