package isthmus.conformance.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a tab has asked for, sent and complained about. Filled on the WebSocket's thread of {@link DevTools}, read by tests. */
public final class PageTraffic {

    private static final int BINARY_FRAME = 2;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    PageTraffic() {}

    /** The address of every request, WebSocket connections included. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Everything that left the tab: bodies of requests, and WebSocket frames with one character per byte. */
    public List<String> sent() {
        return List.copyOf(sent);
    }

    /** Uncaught exceptions, console errors, violations of the Content Security Policy, and requests that failed. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    void onEvent(String method, JsonNode event) {
        switch (method) {
            case "Network.requestWillBeSent" -> {
                requests.add(event.path("request").path("url").asText());
                sent.add(event.path("request").toString());
            }
            case "Network.webSocketCreated" -> requests.add(event.path("url").asText());
            case "Network.webSocketFrameSent" -> sent.add(frame(event.path("response")));
            case "Runtime.exceptionThrown" ->
                complaints.add(event.path("exceptionDetails").toString());
            case "Runtime.consoleAPICalled" -> {
                if (List.of("error", "warning", "assert")
                        .contains(event.path("type").asText())) {
                    complaints.add(event.path("args").toString());
                }
            }
            case "Log.entryAdded" -> {
                if (event.path("entry").path("level").asText().equals("error")) {
                    complaints.add(event.path("entry").toString());
                }
            }
            default -> {}
        }
    }

    private static String frame(JsonNode frame) {
        String data = frame.path("payloadData").asText();
        return frame.path("opcode").asInt() == BINARY_FRAME
                ? new String(Base64.getDecoder().decode(data), StandardCharsets.ISO_8859_1)
                : data;
    }
}
