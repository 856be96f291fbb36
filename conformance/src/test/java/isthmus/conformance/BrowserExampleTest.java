package isthmus.conformance;

import isthmus.conformance.browser.Browser;
import isthmus.conformance.browser.Page;
import isthmus.conformance.fixture.PahoDevice;
import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page of the examples, opened from the disk as their README says. */
@ExtendWith(SharedServer.class)
class BrowserExampleTest {
    private static final Path PAGE = Path.of("..", "examples", "browser", "index.html");

    @Test
    void thePageReceivesItsOwnMessagesAndThoseForItAlone(TestServer server) throws Exception {
        Browser.assumeInstalled();
        String web = "http://" + server.web().getAuthority();
        try (Browser browser = Browser.open();
                Page page = browser.newPage()) {
            page.open(URI.create(PAGE.toRealPath().toUri() + "?web=" + web));
            page.fill("[name=ws]", server.ws().toString());
            page.fill("[name=group]", "GID_Examples");
            page.fill("[name=access]", TestServer.ACCESS_KEY);
            page.fill("[name=secret]", TestServer.SECRET_KEY);
            page.fill("[name=topic]", "Examples/browser");
            page.click("#form button");
            page.awaitText("#log", "connected as GID_Examples@@@browser");
            page.await("!document.querySelector('#send').disabled");
            page.click("#send");
            page.awaitText("#log", "received from Examples/browser: hello from the browser");
            try (PahoDevice device = PahoDevice.connect(server, "GID_Examples@@@to-browser")) {
                device.publish("Examples/p2p/GID_Examples@@@browser", "for you", 1);
            }
            page.awaitText("#log", "received from Examples/p2p/GID_Examples@@@browser: for you");
        }
    }
}
