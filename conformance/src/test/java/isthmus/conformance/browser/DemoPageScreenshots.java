package isthmus.conformance.browser;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Takes pictures of the page, for documents and for looking at it: {@code DemoPageScreenshots DIRECTORY}, with the test class
 * path. Not a test.
 */
final class DemoPageScreenshots {

    private static final String GROUP = "GID_Sensors";
    private static final String ACCESS_KEY = "AK4f0c2d91b7";
    private static final String SECRET_KEY = "SK-of-the-pictures";

    private DemoPageScreenshots() {}

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        try (Mosquitto mosquitto = Mosquitto.start(ACCESS_KEY, DemoPage.password(GROUP, SECRET_KEY));
                StaticSite files = StaticSite.start(Optional.of(settings(mosquitto.port())));
                Browser browser = Browser.open()) {
            DemoSite site =
                    new DemoSite(files.address(), mosquitto.port(), GROUP, "Telemetry", ACCESS_KEY, SECRET_KEY, 5);
            for (String language : new String[] {"en", "zh-CN"}) {
                for (boolean dark : new boolean[] {false, true}) {
                    String name = language.substring(0, 2) + (dark ? "-dark" : "-light");
                    take(browser.newPage().language(language).dark(dark).viewport(1280, 860), site, directory, name);
                    take(
                            browser.newPage().language(language).dark(dark).viewport(360, 740),
                            site,
                            directory,
                            name + "-phone");
                }
            }
        }
    }

    private static void take(Page tab, DemoSite site, Path directory, String name) {
        DemoPage page = DemoPage.open(tab, site);
        tab.screenshot(directory.resolve(name + "-1-form.png"));
        page.fillIn("wrong");
        tab.click("#connect");
        tab.await("!document.querySelector('#failure').hidden");
        tab.evaluate("scrollTo(0, 0)");
        tab.screenshot(directory.resolve(name + "-2-refused.png"));
        page.connect().subscribe("Telemetry/#", 1).subscribe("Telemetry/+/temperature", 0);
        page.publish("Telemetry/kitchen/temperature", "{\"temperature\": 21.5, \"humidity\": 48}", 1);
        page.publish("Telemetry/door", "open", 0);
        page.publish("Telemetry/long", "All quiet on the western front. ".repeat(12), 2);
        page.publish("Telemetry/bytes", "\u0001\u0002 not a text \u0007", 1);
        page.publishTo(page.clientId(), "只发给你的消息 (just for you)", 1);
        tab.await("document.querySelectorAll('#messages .message').length >= 5");
        tab.evaluate("document.activeElement.blur(); scrollTo(0, 0)");
        tab.screenshot(directory.resolve(name + "-3-connected.png"));
        tab.close();
    }

    private static String settings(int port) {
        return """
                {"ws": {"port": %d, "path": "/mqtt"}, "wss": {"port": 8084, "path": "/mqtt"},
                 "groups": ["%s"], "topics": ["Telemetry"], "accessKey": "%s"}"""
                .formatted(port, GROUP, ACCESS_KEY);
    }
}
