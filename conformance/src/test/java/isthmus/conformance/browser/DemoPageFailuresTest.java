package isthmus.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page says, and does, when the server refuses or goes away. */
class DemoPageFailuresTest {

    private static Browser browser;
    private static StaticSite files;

    private final ScriptedPeer peer = new ScriptedPeer();
    private Page tab;
    private DemoPage page;

    @BeforeAll
    static void start() {
        Browser.assumeInstalled();
        browser = Browser.open();
        files = StaticSite.start(Optional.empty());
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            files.close();
        }
    }

    @BeforeEach
    void openPage() {
        DemoSite site = new DemoSite(files.address(), peer.port(), "GID_Sensors", "Telemetry", "AK", "SK-secret", 4);
        tab = browser.newPage().language("en-GB").viewport(1280, 900);
        page = DemoPage.open(tab, site);
    }

    @AfterEach
    void closePage() {
        tab.close();
        peer.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1, does not speak MQTT 3.1.1, belong to an Isthmus gateway",
        "2, Client ID is not accepted, Group ID must exist",
        "3, not available right now, Try again",
        "4, wrong AccessKey or password, Check AccessKey and SecretKey",
        "5, not allowed to connect, Ask for permission",
    })
    void everyRefusalIsExplainedWithTheWayOut(int code, String what, String todo) {
        peer.answerConnectWith(code);
        page.fillIn("SK-secret");
        tab.click("#connect");
        tab.awaitText("#failure-what", what);
        assertThat(tab.text("#failure-what")).contains("(code " + code + ")");
        assertThat(tab.text("#failure-todo")).contains(todo);
        assertThat(tab.text("#state")).isEqualTo("Not connected");
        tab.click("#failure-close");
        assertThat(tab.isVisible("#failure")).isFalse();
    }

    @Test
    void aPortWhereNobodyListensIsNamed() {
        page.fillIn("SK-secret");
        peer.stopListening();
        tab.click("#connect");
        tab.awaitText("#failure", "No WebSocket connection to ws://127.0.0.1:" + peer.port() + "/mqtt");
    }

    @Test
    void aTlsConnectionThatFailsPointsToTheCertificate() {
        page.fillIn("SK-secret");
        tab.click(".switch:has(#tls)");
        tab.fill("#port", String.valueOf(peer.port()));
        peer.stopListening();
        tab.click("#connect");
        tab.awaitText("#failure", "ca.crt");
        assertThat(tab.text("#failure")).contains("https://127.0.0.1:" + peer.port());
    }

    @Test
    void aRefusedFilterIsExplained() {
        page.connect();
        tab.fill("#filter", "Forbidden/#");
        tab.click("#subscribe");
        tab.awaitText("#subscribe-problem", "refused Forbidden/#");
        tab.awaitText("#subscriptions .refused", "refused");
        tab.click("#subscriptions .remove");
        tab.await("document.querySelectorAll('#subscriptions li').length === 0");
    }

    @Test
    void aLostConnectionComesBackWithItsSubscriptions() {
        page.connect().subscribe("Telemetry/#", 1);
        String client = page.clientId();
        peer.dropConnections();
        tab.awaitText("#failure", "closed by the server or the network");
        Awaitility.await().until(() -> peer.subscribed().size() == 2);
        tab.awaitText("#state", "Connected");
        assertThat(peer.subscribed()).containsExactly("Telemetry/#", "Telemetry/#");
        assertThat(page.clientId()).isEqualTo(client);
        assertThat(tab.isVisible("#failure")).isFalse();
    }

    @Test
    void whileWaitingAPersonMayRetryAtOnceOrGiveUp() {
        page.connect();
        peer.answerConnectWith(3);
        peer.dropConnections();
        tab.awaitText("#state", "Retry in");
        tab.click("#retry-now");
        tab.awaitText("#failure", "(code 3)");
        tab.awaitText("#state", "Retry in");
        tab.click("#disconnect");
        tab.awaitText("#state", "Not connected");
        assertThat(tab.isVisible("#connect-form")).isTrue();
    }

    @Test
    void withoutTheSwitchALostConnectionStaysLost() {
        tab.click(".switch:has(#reconnect)");
        page.connect();
        peer.dropConnections();
        tab.awaitText("#state", "Not connected");
        assertThat(tab.text("#failure")).contains("closed by the server or the network");
    }

    @Test
    void aConnectionClosedRightAfterAPublishNamesTheTopic() {
        page.connect().publish("Unknown/topic", "x", 1);
        tab.awaitText("#failure", "right after a publish to Unknown/topic");
        tab.awaitText("#publish-problem", "Not published");
        assertThat(tab.text("#failure-todo")).contains("parent topic");
    }

    @Test
    void aRefusalEndsTheRetries() {
        page.connect();
        peer.answerConnectWith(5);
        peer.dropConnections();
        tab.awaitText("#failure", "(code 5)");
        tab.awaitText("#state", "Not connected");
    }
}
