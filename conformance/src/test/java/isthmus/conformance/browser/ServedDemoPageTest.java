package isthmus.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.conformance.fixture.SharedServer;
import isthmus.conformance.fixture.TestServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page as the assembled server serves it, in front of that server. */
@ExtendWith(SharedServer.class)
class ServedDemoPageTest extends DemoPageContract {
    private static final int BAD_USER_NAME_OR_PASSWORD = 4;

    private static TestServer server;

    @BeforeAll
    static void use(TestServer shared) {
        server = shared;
    }

    @Override
    DemoSite site() {
        return new DemoSite(
                server.web(),
                server.ws().getPort(),
                "GID_Browser",
                "Browser",
                TestServer.ACCESS_KEY,
                TestServer.SECRET_KEY,
                BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void theServerFillsInTheAddress() {
        try (Page tab = browser().newPage().open(server.web())) {
            assertThat(tab.text("#address"))
                    .isEqualTo("ws://127.0.0.1:" + server.ws().getPort() + "/mqtt");
        }
    }
}
