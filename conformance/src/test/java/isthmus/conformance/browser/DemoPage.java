package isthmus.conformance.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a person does on the demo page, step by step. */
final class DemoPage {

    private final Page tab;
    private final DemoSite site;

    private DemoPage(Page tab, DemoSite site) {
        this.tab = tab;
        this.site = site;
    }

    static DemoPage open(Page tab, DemoSite site) {
        return new DemoPage(tab.open(site.page()), site);
    }

    Page tab() {
        return tab;
    }

    /** Fills in everything that signing in needs, and leaves the rest as the page offers it. */
    DemoPage fillIn(String secretKey) {
        tab.fill("#host", site.page().getHost());
        tab.fill("#port", String.valueOf(site.webSocketPort()));
        tab.fill("#path", "/mqtt");
        tab.fill("#group", site.group());
        tab.fill("#access-key", site.accessKey());
        tab.fill("#secret", secretKey);
        return this;
    }

    DemoPage connect() {
        fillIn(site.secretKey());
        tab.click("#connect");
        tab.await("document.querySelector('#state').dataset.state === 'connected'");
        return this;
    }

    DemoPage subscribe(String filter, int qos) {
        tab.fill("#filter", filter);
        tab.choose("#filter-qos", String.valueOf(qos));
        tab.click("#subscribe");
        tab.await("Array.from(document.querySelectorAll('#subscriptions li')).some((e) => e.firstChild.textContent === "
                + Page.quote(filter) + " && e.innerText.includes('QoS'))");
        return this;
    }

    DemoPage publish(String topic, String payload, int qos) {
        tab.click("label[for=to-topic]");
        tab.fill("#topic", topic);
        return send(payload, qos);
    }

    DemoPage publishTo(String clientId, String payload, int qos) {
        tab.click("label[for=to-device]");
        tab.fill("#parent", site.parentTopic());
        tab.fill("#target", clientId);
        return send(payload, qos);
    }

    private DemoPage send(String payload, int qos) {
        tab.fill("#payload", payload);
        tab.choose("#publish-qos", String.valueOf(qos));
        tab.click("#publish");
        return this;
    }

    String clientId() {
        return tab.text("#summary-client");
    }

    /** What the page must compute: Base64(HMAC-SHA1(SecretKey, Group ID)). */
    static String password(String group, String secretKey) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secretKey.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(group.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
