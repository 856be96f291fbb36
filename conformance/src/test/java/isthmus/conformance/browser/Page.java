package isthmus.conformance.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/**
 * One tab. Clicks and keys are sent as real input to the place where the element is, so that an element that is covered or
 * off the screen fails the test as it would fail the person. Elements are named by CSS selectors.
 */
public final class Page implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final DevTools devTools;
    private final String session;
    private final String context;
    private final PageTraffic traffic = new PageTraffic();

    Page(DevTools devTools, String session, String context) {
        this.devTools = devTools;
        this.session = session;
        this.context = context;
        devTools.listen(session, traffic::onEvent);
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            call(domain + ".enable", Map.of());
        }
        // A tab without focus would not blink, blur or animate as a person sees it.
        call("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
    }

    /** What the tab has asked for, sent and complained about so far. */
    public PageTraffic traffic() {
        return traffic;
    }

    /** Opens an address and waits until the page says that it is ready. */
    public Page open(URI address) {
        call("Page.navigate", Map.of("url", address.toString()));
        await("document.readyState === 'complete' && document.documentElement.dataset.ready === 'true'");
        return this;
    }

    public Page viewport(int width, int height) {
        boolean phone = width < 600;
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
        return this;
    }

    /** The language that navigator.language names, such as {@code zh-CN}. */
    public Page language(String language) {
        String agent =
                devTools.call("Browser.getVersion", Map.of()).path("userAgent").asText();
        call("Emulation.setUserAgentOverride", Map.of("userAgent", agent, "acceptLanguage", language));
        return this;
    }

    public Page dark(boolean dark) {
        Map<String, String> scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
        return this;
    }

    /** Evaluates JavaScript in the page; a promise is awaited. */
    public JsonNode evaluate(String script) {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(script + " threw "
                    + answer.path("exceptionDetails")
                            .path("exception")
                            .path("description")
                            .asText());
        }
        return answer.path("result").path("value");
    }

    public void await(String condition) {
        Awaitility.await(condition)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> evaluate("!!(" + condition + ")").asBoolean());
    }

    public void awaitText(String selector, String part) {
        Awaitility.await(selector + " to contain “" + part + "”")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> text(selector), text -> text.contains(part));
    }

    /** The text of the first such element as a person sees it, or an empty text while there is none. */
    public String text(String selector) {
        return evaluate("document.querySelector(" + quote(selector) + ")?.innerText ?? ''")
                .asText();
    }

    public List<String> texts(String selector) {
        JsonNode found = evaluate("Array.from(document.querySelectorAll(" + quote(selector) + "), (e) => e.innerText)");
        return StreamSupport.stream(found.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    public boolean isVisible(String selector) {
        return evaluate("document.querySelector(" + quote(selector) + ")?.checkVisibility() ?? false")
                .asBoolean();
    }

    public String value(String selector) {
        return evaluate("document.querySelector(" + quote(selector) + ").value").asText();
    }

    public void click(String selector) {
        JsonNode place = evaluate("(() => { const e = document.querySelector(" + quote(selector) + ");"
                + " if (!e || !e.checkVisibility()) throw new Error('not visible');"
                + " e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
                + " const x = r.x + r.width / 2, y = r.y + r.height / 2; const top = document.elementFromPoint(x, y);"
                + " if (!e.contains(top)) throw new Error('covered by ' + top?.outerHTML);"
                + " return {x, y}; })()");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            call(
                    "Input.dispatchMouseEvent",
                    Map.of("type", type, "x", place.get("x"), "y", place.get("y"), "button", "left", "clickCount", 1));
        }
    }

    /** Replaces the text of a field as if it were typed. */
    public void fill(String selector, String text) {
        evaluate("(() => { const e = document.querySelector(" + quote(selector) + "); e.focus(); e.select(); })()");
        if (text.isEmpty()) {
            press("Delete", 46, 0);
        } else {
            call("Input.insertText", Map.of("text", text));
        }
    }

    public void choose(String selector, String value) {
        evaluate("(() => { const e = document.querySelector(" + quote(selector) + "); e.value = " + quote(value)
                + "; e.dispatchEvent(new Event('change', {bubbles: true})); })()");
    }

    /** Presses and releases a key; modifiers are the protocol's bits (2 is Control, 8 is Shift). */
    public void press(String key, int keyCode, int modifiers) {
        for (String type : List.of("keyDown", "keyUp")) {
            Map<String, Object> event = new HashMap<>(Map.of("type", type, "key", key, "code", key));
            event.put("windowsVirtualKeyCode", keyCode);
            event.put("modifiers", modifiers);
            if (type.equals("keyDown") && keyCode == 13) {
                event.put("text", "\r");
            }
            if (type.equals("keyDown") && keyCode == 32) {
                event.put("text", " ");
            }
            call("Input.dispatchKeyEvent", event);
        }
    }

    /** Writes what the page looks like, from top to bottom, into a PNG file. */
    public void screenshot(Path file) {
        JsonNode image = call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, Base64.getDecoder().decode(image.path("data").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        devTools.call("Target.disposeBrowserContext", Map.of("browserContextId", context));
    }

    static String quote(String text) {
        return TextNode.valueOf(text).toString();
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        return devTools.call(session, method, parameters);
    }
}
