package isthmus.conformance.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The Chrome DevTools protocol: numbered JSON commands and answers over one WebSocket, and events in between. Commands may be
 * called from any thread; answers and events arrive on the WebSocket's thread.
 */
final class DevTools implements AutoCloseable {

    private static final int ANSWER_SECONDS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final Map<String, BiConsumer<String, JsonNode>> listeners = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private @Nullable WebSocket socket;

    private DevTools() {}

    static DevTools connect(URI address) {
        DevTools devTools = new DevTools();
        devTools.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, devTools.new Incoming())
                .join();
        return devTools;
    }

    /** Sends a command to the browser itself and waits for the answer. */
    JsonNode call(String method, Map<String, ?> parameters) {
        return call(null, method, parameters);
    }

    /** Sends a command to the tab with this session and waits for the answer. */
    JsonNode call(@Nullable String session, String method, Map<String, ?> parameters) {
        int id = lastId.incrementAndGet();
        ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
        command.set("params", JSON.valueToTree(parameters));
        if (session != null) {
            command.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        send(command.toString());
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method + " failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + method, e);
        }
    }

    /** Events (method, parameters) of one tab go to this listener, on the WebSocket's thread. */
    void listen(String session, BiConsumer<String, JsonNode> listener) {
        listeners.put(session, listener);
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
    }

    private synchronized void send(String text) {
        if (socket == null) {
            throw new IllegalStateException("not connected");
        }
        socket.sendText(text, true).join();
    }

    private void receive(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            CompletableFuture<JsonNode> answer =
                    waiting.remove(message.path("id").asInt());
            if (answer == null) {
                BiConsumer<String, JsonNode> listener =
                        listeners.getOrDefault(message.path("sessionId").asText(), (method, parameters) -> {});
                listener.accept(message.path("method").asText(), message.path("params"));
            } else if (message.has("error")) {
                answer.completeExceptionally(
                        new IllegalStateException(message.get("error").toString()));
            } else {
                answer.complete(message.path("result"));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("DevTools sent something other than JSON", e);
        }
    }

    private final class Incoming implements WebSocket.Listener {

        private final StringBuilder parts = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                String whole = parts.toString();
                parts.setLength(0);
                receive(whole);
            }
            webSocket.request(1);
            return null;
        }
    }
}
