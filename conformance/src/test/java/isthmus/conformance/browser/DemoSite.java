package isthmus.conformance.browser;

import java.net.URI;

/**
 * A server with the demo page and a gateway behind it, as a test needs to know it.
 *
 * @param page the address of the page
 * @param webSocketPort the port of MQTT over WebSocket, without TLS, on the host of the page, path {@code /mqtt}
 * @param group a Group ID that may connect
 * @param parentTopic a parent topic that the account may read and write
 * @param codeForWrongSecret the CONNACK return code for a wrong password
 */
public record DemoSite(
        URI page,
        int webSocketPort,
        String group,
        String parentTopic,
        String accessKey,
        String secretKey,
        int codeForWrongSecret) {

    @Override
    public String toString() {
        return "DemoSite[page=" + page + ", webSocketPort=" + webSocketPort + ", group=" + group + "]";
    }
}
