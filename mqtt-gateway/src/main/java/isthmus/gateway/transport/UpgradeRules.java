package isthmus.gateway.transport;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which HTTP requests become a WebSocket (RFC 6455, section 4.2.1; MQTT 3.1.1, chapter 6). Immutable. */
final class UpgradeRules {
    static final String VERSION = "13";
    /** In the order of our preference; the second is what clients of MQTT 3.1's time ask for. */
    private static final List<String> SUBPROTOCOLS = List.of("mqtt", "mqttv3.1");

    private final String path;

    UpgradeRules(String path) {
        this.path = path;
    }

    /** Why not; null when the request is in order. */
    @Nullable
    Refusal check(FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return unreadable(request.decoderResult().cause());
        }
        HttpHeaders headers = request.headers();
        if (!pathOf(request.uri()).equals(path)) {
            return new Refusal(
                    HttpResponseStatus.NOT_FOUND,
                    "There is nothing here. MQTT over WebSocket is at the path " + path + ".");
        }
        if (!headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
            return new Refusal(
                    HttpResponseStatus.UPGRADE_REQUIRED,
                    "This address speaks MQTT over WebSocket, not HTTP. Open it with an MQTT client.");
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return new Refusal(HttpResponseStatus.BAD_REQUEST, "A WebSocket begins with GET.");
        }
        if (!VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            return new Refusal(
                    HttpResponseStatus.UPGRADE_REQUIRED, "This server speaks version 13 of WebSocket (RFC 6455) only.");
        }
        if (!headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)) {
            return new Refusal(HttpResponseStatus.BAD_REQUEST, "The header Sec-WebSocket-Key is missing.");
        }
        // [MQTT-6.0.0-3] "The Client MUST include "mqtt" in the list of WebSocket Sub Protocols it offers." We insist:
        // a browser fails a connection whose subprotocol the server did not name, and who asks for none is not MQTT.
        if (subprotocol(request) == null) {
            return new Refusal(
                    HttpResponseStatus.BAD_REQUEST,
                    "The client must offer the subprotocol mqtt in the header Sec-WebSocket-Protocol.");
        }
        return null;
    }

    /** The best of the subprotocols that the client offers, or null. */
    static @Nullable String subprotocol(FullHttpRequest request) {
        for (String subprotocol : SUBPROTOCOLS) {
            if (request.headers().containsValue(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subprotocol, false)) {
                return subprotocol;
            }
        }
        return null;
    }

    private static Refusal unreadable(Throwable cause) {
        return cause instanceof TooLongFrameException
                ? new Refusal(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The HTTP request is too large.")
                : new Refusal(
                        HttpResponseStatus.BAD_REQUEST,
                        "This port speaks MQTT over WebSocket, and this is no HTTP request.");
    }

    private static String pathOf(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** What is answered instead of an upgrade. */
    record Refusal(HttpResponseStatus status, String sentence) {}
}
