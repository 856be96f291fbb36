package isthmus.gateway.session;

import isthmus.gateway.auth.Withdrawal;
import isthmus.gateway.codec.Packet;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.QoS;
import java.nio.charset.StandardCharsets;

/** What a Client that has signed on with tokens is told about them, without having subscribed to it (wire contract 1.9). */
final class TokenNotices {
    private static final String EXPIRES = "$SYS/tokenExpireNotice";
    private static final String INVALID = "$SYS/tokenInvalidNotice";

    private TokenNotices() {}

    static Packet.Publish expires(String type, long expiresMillis) {
        return notice(EXPIRES, "{\"expireTime\":" + expiresMillis + ",\"type\":\"" + type + "\"}");
    }

    static Packet.Publish invalid(String type, Withdrawal why) {
        return notice(INVALID, "{\"code\":" + why.code() + ",\"type\":\"" + type + "\"}");
    }

    private static Packet.Publish notice(String topic, String json) {
        return new Packet.Publish(
                false, QoS.AT_MOST_ONCE, false, topic, 0, Payload.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }
}
