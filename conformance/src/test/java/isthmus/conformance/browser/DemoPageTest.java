package isthmus.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page in front of mosquitto: nothing of Isthmus but the page itself is involved. */
class DemoPageTest extends DemoPageContract {

    private static final String GROUP = "GID_Sensors";
    private static final String ACCESS_KEY = "AK-page";
    private static final String SECRET_KEY = "SK-never-leaves";
    private static final int NOT_AUTHORIZED = 5;

    private static Mosquitto mosquitto;
    private static StaticSite files;

    @BeforeAll
    static void start() {
        Mosquitto.assumeInstalled();
        mosquitto = Mosquitto.start(ACCESS_KEY, DemoPage.password(GROUP, SECRET_KEY));
        String settings =
                """
                {"ws": {"port": %d, "path": "/mqtt"}, "wss": {"port": null, "path": "/mqtt"},
                 "groups": ["%s"], "topics": ["Telemetry"], "accessKey": "%s"}"""
                        .formatted(mosquitto.port(), GROUP, ACCESS_KEY);
        files = StaticSite.start(Optional.of(settings));
    }

    @AfterAll
    static void stop() {
        if (files != null) {
            files.close();
        }
        if (mosquitto != null) {
            mosquitto.close();
        }
    }

    @Override
    DemoSite site() {
        return new DemoSite(
                files.address(), mosquitto.port(), GROUP, "Telemetry", ACCESS_KEY, SECRET_KEY, NOT_AUTHORIZED);
    }

    @Override
    void prepareP2p(DemoPage connected) {
        connected.subscribe(topic("p2p/#"), 1);
    }

    @Test
    void theServerFillsInTheForm() {
        try (Page tab = browser().newPage().open(files.address())) {
            assertThat(tab.text("#address")).isEqualTo("ws://127.0.0.1:" + mosquitto.port() + "/mqtt");
            assertThat(tab.value("#group")).isEqualTo(GROUP);
            assertThat(tab.value("#access-key")).isEqualTo(ACCESS_KEY);
            assertThat(tab.value("#filter")).isEqualTo("Telemetry/#");
            assertThat(tab.value("#topic")).isEqualTo("Telemetry/demo");
            // The TLS listener is off: its port is for the person to fill in.
            tab.click(".switch:has(#tls)");
            assertThat(tab.text("#address")).isEqualTo("wss://127.0.0.1:/mqtt");
        }
    }

    @Test
    void thePageWorksWithoutSettingsFromTheServer() {
        try (StaticSite bare = StaticSite.start(Optional.empty());
                Page tab = browser().newPage().open(bare.address())) {
            assertThat(tab.text("#address")).isEqualTo("ws://127.0.0.1:80/mqtt");
            DemoSite site = new DemoSite(
                    bare.address(), mosquitto.port(), GROUP, "Any", ACCESS_KEY, SECRET_KEY, NOT_AUTHORIZED);
            DemoPage.open(tab, site).connect().subscribe("Any/#", 0).publish("Any/thing", "bare", 0);
            tab.awaitText("#messages .message", "bare");
        }
    }
}
