package isthmus.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What the page is told, so that a person has little to type. Nothing in it is secret.
 *
 * @param ws the WebSocket listener
 * @param wss the WebSocket listener over TLS
 * @param groups the group ids
 * @param topics the parent topics
 * @param accessKey an account to fill in; null when strangers can reach the page
 */
public record DemoSettings(
        Listener ws,
        Listener wss,
        Collection<String> groups,
        Collection<String> topics,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String accessKey) {

    /** @param port the port it is bound to; null when the listener is off */
    public record Listener(@Nullable Integer port, String path) {}
}
