package isthmus.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the demo page does for a person, whatever server is behind it. A subclass names the server. */
abstract class DemoPageContract {

    private static final String ATTACK =
            "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";

    private static Browser browser;
    private Page tab;
    private DemoPage page;

    /** The server to test against; asked for before each test. */
    abstract DemoSite site();

    /** Does what a server without P2P needs so that a client receives P2P messages. */
    void prepareP2p(DemoPage connected) {}

    @BeforeAll
    static void openBrowser() {
        Browser.assumeInstalled();
        browser = Browser.open();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void openPage() {
        tab = browser.newPage().language("en-GB").viewport(1280, 900);
        page = DemoPage.open(tab, site());
    }

    @AfterEach
    void closePage() {
        tab.close();
    }

    @Test
    void aPersonConnectsSubscribesPublishesAndSeesTheMessage() {
        page.connect().subscribe(topic("#"), 1).publish(topic("demo"), "hello", 1);
        tab.awaitText("#messages .message", "hello");
        assertThat(tab.text("#messages .topic")).isEqualTo(topic("demo"));
        assertThat(tab.text("#messages .badges"))
                .contains("QoS 1")
                .contains("5 B")
                .doesNotContain("P2P");
        assertThat(tab.text("#publish-result")).contains("acknowledged after").contains(topic("demo"));
        assertThat(tab.traffic().complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void everyQosWorksBothWays(int qos) {
        page.connect().subscribe(topic("#"), qos).publish(topic("qos"), "qos " + qos, qos);
        tab.awaitText("#messages .message", "qos " + qos);
        assertThat(tab.text("#messages .badge.qos")).isEqualTo("QoS " + qos);
    }

    @Test
    void theClientIdIsGroupAndDevice() {
        tab.fill("#device", "kitchen-1");
        page.connect();
        assertThat(page.clientId()).isEqualTo(site().group() + "@@@kitchen-1");
    }

    @Test
    void aReloadKeepsTheDeviceIdAndANewVisitGetsAnother() {
        String device = tab.value("#device");
        page.connect();
        tab.open(site().page());
        assertThat(tab.value("#device")).isEqualTo(device);
        try (Page other = browser.newPage()) {
            assertThat(other.open(site().page()).value("#device"))
                    .isNotEqualTo(device)
                    .startsWith("web-");
        }
    }

    @Test
    void aWrongSecretIsExplainedWithTheWayOut() {
        page.fillIn("wrong");
        tab.click("#connect");
        tab.awaitText("#failure", "(code " + site().codeForWrongSecret() + ")");
        assertThat(tab.text("#failure-todo")).isNotBlank();
        assertThat(tab.text("#state")).isEqualTo("Not connected");
        assertThat(tab.isVisible("#connect")).isTrue();
    }

    @Test
    void aReadyPasswordWorksInsteadOfTheSecret() {
        page.fillIn("");
        tab.click("label[for=with-password]");
        tab.fill("#password", DemoPage.password(site().group(), site().secretKey()));
        tab.click("#connect");
        tab.awaitText("#state", "Connected");
    }

    @Test
    void thePageShowsThePasswordThatItComputes() {
        page.fillIn(site().secretKey());
        tab.click("#signature-part summary");
        assertThat(tab.text("#signature")).isEqualTo(DemoPage.password(site().group(), site().secretKey()));
    }

    @Test
    void theSecretNeverLeavesThePage() {
        page.connect().subscribe(topic("#"), 1).publish(topic("demo"), "hello", 1);
        tab.awaitText("#messages .message", "hello");
        String stored = tab.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie, location.href])")
                .asText();
        assertThat(stored).doesNotContain(site().secretKey());
        assertThat(tab.traffic().requests()).noneMatch(address -> address.contains(site().secretKey()));
        assertThat(tab.traffic().sent())
                .as("the watch on frames works, for the password is in one of them")
                .anyMatch(frame -> frame.contains(DemoPage.password(site().group(), site().secretKey())))
                .noneMatch(frame -> frame.contains(site().secretKey()));
    }

    @Test
    void thePageAsksNobodyButItsOwnServer() {
        page.connect();
        assertThat(tab.traffic().requests()).hasSizeGreaterThan(10).allMatch(address -> URI.create(address)
                .getHost()
                .equals(site().page().getHost()));
    }

    @Test
    void markupInATopicOrPayloadStaysText() {
        page.connect().subscribe(topic("#"), 1).publish(topic(ATTACK), ATTACK, 1);
        tab.awaitText("#messages .payload", ATTACK);
        assertThat(tab.text("#messages .topic")).isEqualTo(topic(ATTACK));
        assertThat(tab.evaluate("document.querySelectorAll('main img, main script').length")
                        .asInt())
                .isZero();
        assertThat(tab.evaluate("document.title").asText()).doesNotContain("owned");
        assertThat(tab.traffic().complaints()).isEmpty();
    }

    @Test
    void binaryPayloadsAreShownInHex() throws MqttException {
        page.connect().subscribe(topic("#"), 1);
        publishFromOutside(topic("binary"), new byte[] {0, 1, (byte) 0xff, 'I', 's'}, false);
        tab.awaitText("#messages .payload.hex", "00 01 ff 49 73");
        assertThat(tab.text("#messages .payload")).startsWith("0000").endsWith("···Is");
    }

    @Test
    void textCanBeSeenInHexToo() {
        page.connect().subscribe(topic("#"), 1).publish(topic("demo"), "你好", 1);
        tab.awaitText("#messages .payload", "你好");
        tab.click("#messages .form");
        tab.awaitText("#messages .payload", "e4 bd a0 e5 a5 bd");
        tab.click("#messages .form");
        tab.awaitText("#messages .payload", "你好");
    }

    @Test
    void aP2pMessageToOneselfArrivesAndIsMarked() {
        page.connect();
        prepareP2p(page);
        page.publishTo(page.clientId(), "just for you", 1);
        tab.awaitText("#messages .message.to-me", "just for you");
        assertThat(tab.text("#messages .badges")).contains("P2P");
        assertThat(tab.text("#messages .topic")).isEqualTo(topic("p2p/" + page.clientId()));
    }

    @Test
    void aRetainedMessageIsMarked() throws MqttException {
        publishFromOutside(topic("retained"), "still here".getBytes(StandardCharsets.UTF_8), true);
        page.connect().subscribe(topic("retained"), 1);
        tab.awaitText("#messages .message", "still here");
        assertThat(tab.text("#messages .badges")).contains("retained");
        publishFromOutside(topic("retained"), new byte[0], true);
        tab.awaitText("#messages .message", "(empty)");
    }

    @Test
    void afterUnsubscribingNothingMoreArrives() {
        page.connect().subscribe(topic("one"), 1).subscribe(topic("two"), 1);
        tab.click("#subscriptions li:first-child .remove");
        tab.await("document.querySelectorAll('#subscriptions li').length === 1");
        page.publish(topic("one"), "unheard", 1).publish(topic("two"), "heard", 1);
        tab.awaitText("#messages .message", "heard");
        assertThat(tab.texts("#messages .payload")).containsExactly("heard");
    }

    @Test
    void theListKeepsTheNewestFiveHundred() throws MqttException {
        page.connect().subscribe(topic("#"), 1);
        try (MqttClient outside = outsideClient()) {
            outside.connect(outsideOptions());
            for (int i = 1; i <= 620; i++) {
                outside.publish(topic("burst"), ("n" + i).getBytes(StandardCharsets.UTF_8), 1, false);
            }
            outside.disconnect();
        }
        tab.awaitText("#messages .message:first-child .payload", "n620");
        assertThat(tab.text("#message-count")).isEqualTo("500");
        assertThat(tab.texts("#messages .payload"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 500)
                        .mapToObj(i -> "n" + (621 - i))
                        .toList());
    }

    @Test
    void aPersonFiltersPausesAndClears() {
        page.connect().subscribe(topic("#"), 1);
        page.publish(topic("a"), "apple", 1).publish(topic("b"), "banana", 1);
        tab.await("document.querySelectorAll('#messages .message').length === 2");
        tab.fill("#message-filter", "BANA");
        assertThat(tab.texts("#messages .payload")).containsExactly("banana");
        assertThat(tab.text("#message-count")).isEqualTo("1 of 2");
        tab.fill("#message-filter", "");
        tab.click("#pause");
        page.publish(topic("c"), "cherry", 1);
        tab.awaitText("#pause", "1 new");
        assertThat(tab.texts("#messages .payload")).containsExactly("banana", "apple");
        tab.click("#pause");
        assertThat(tab.texts("#messages .payload")).containsExactly("cherry", "banana", "apple");
        tab.click("#clear");
        assertThat(tab.text("#message-count")).isEqualTo("0");
        assertThat(tab.isVisible("#no-messages")).isTrue();
    }

    @Test
    void aWrongEntryIsExplainedBesideTheForm() {
        page.fillIn("");
        tab.click("#connect");
        tab.awaitText("#connect-problem", "Enter the SecretKey");
        assertThat(tab.evaluate("document.activeElement.id").asText()).isEqualTo("secret");
        tab.fill("#port", "99999");
        tab.click("#connect");
        tab.awaitText("#connect-problem", "1 to 65535");
        page.connect();
        tab.fill("#filter", "a/#/b");
        tab.click("#subscribe");
        tab.awaitText("#subscribe-problem", "last level");
        page.publish("a/+", "x", 0);
        tab.awaitText("#publish-problem", "must not contain");
    }

    @Test
    void theKeyboardAloneIsEnough() {
        page.fillIn(site().secretKey());
        tab.press("Enter", 13, 0);
        tab.awaitText("#state", "Connected");
        tab.evaluate("document.querySelector('#filter').focus()");
        tab.fill("#filter", topic("#"));
        tab.press("Enter", 13, 0);
        tab.awaitText("#subscriptions", "QoS");
        tab.fill("#topic", topic("keys"));
        tab.press("Tab", 9, 0);
        assertThat(tab.evaluate("document.activeElement.id").asText()).isEqualTo("payload");
        tab.press("Enter", 13, 2);
        tab.awaitText("#messages .message", topic("keys"));
    }

    @Test
    void aChineseBrowserIsGreetedInChineseAndThePersonMayChooseEnglish() {
        try (Page chinese = browser.newPage().language("zh-CN")) {
            chinese.open(site().page());
            assertThat(chinese.text("#connect")).isEqualTo("连接");
            assertThat(chinese.evaluate("document.documentElement.lang").asText())
                    .isEqualTo("zh-CN");
            chinese.click("label[for=language-en]");
            chinese.awaitText("#connect", "Connect");
            chinese.open(site().page());
            assertThat(chinese.text("#connect")).isEqualTo("Connect");
        }
    }

    @Test
    void switchingTheLanguageKeepsEverythingAndTranslatesIt() {
        page.connect().subscribe(topic("#"), 1).publish(topic("demo"), "hello", 1);
        tab.awaitText("#messages .message", "hello");
        tab.click("label[for=language-zh]");
        tab.awaitText("#state", "已连接");
        assertThat(tab.text("#messages .payload")).isEqualTo("hello");
        assertThat(tab.text("#publish-result")).contains("网关已存储");
        assertThat(tab.text("#messages .badge.size")).isEqualTo("5 字节");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh-CN"})
    void aPhoneNeedsNoSidewaysScrolling(String language) throws MqttException {
        try (Page phone = browser.newPage().language(language).viewport(360, 740)) {
            DemoPage onPhone = DemoPage.open(phone, site());
            assertFits(phone);
            onPhone.fillIn("wrong");
            phone.click("#connect");
            phone.await("!document.querySelector('#failure').hidden");
            assertFits(phone);
            onPhone.connect().subscribe(topic("a-rather-long-filter/with/many/levels/+/and/more/of/them/#"), 1);
            onPhone.subscribe(topic("#"), 1);
            publishFromOutside(topic("x".repeat(90)), "y".repeat(3000).getBytes(StandardCharsets.UTF_8), false);
            publishFromOutside(topic("binary"), new byte[100], false);
            phone.await("document.querySelectorAll('#messages .message').length === 2");
            assertFits(phone);
            phone.click("label[for=to-device]");
            assertFits(phone);
        }
    }

    private static void assertFits(Page phone) {
        assertThat(phone.evaluate("document.documentElement.scrollWidth").asInt())
                .as("width of the page")
                .isLessThanOrEqualTo(360);
    }

    final String topic(String rest) {
        return site().parentTopic() + "/" + rest;
    }

    final Browser browser() {
        return browser;
    }

    private void publishFromOutside(String topic, byte[] payload, boolean retained) throws MqttException {
        try (MqttClient outside = outsideClient()) {
            outside.connect(outsideOptions());
            outside.publish(topic, payload, 1, retained);
            outside.disconnect();
        }
    }

    private MqttClient outsideClient() throws MqttException {
        String address = "ws://" + site().page().getHost() + ":" + site().webSocketPort() + "/mqtt";
        return new MqttClient(address, site().group() + "@@@outside", new MemoryPersistence());
    }

    private MqttConnectOptions outsideOptions() {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setMaxInflight(1000);
        options.setUserName(site().accessKey());
        options.setPassword(
                DemoPage.password(site().group(), site().secretKey()).toCharArray());
        return options;
    }
}
