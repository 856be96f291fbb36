package isthmus.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PresenceEventTest {
    @Test
    void readsTheDocumentedFieldsAndPassesOverOthers() {
        String body =
                """
                {"clientId":"GID_A@@@d1","time":1700000000000,"eventType":"tcpclean",\
                "channelId":"2b9b1281046046faafe5e0b458e4f553","eventIndex":17,"clientIp":"127.0.0.1:5000","later":1}""";
        assertThat(PresenceEvent.parse(body.getBytes(UTF_8)))
                .isEqualTo(new PresenceEvent(
                        "GID_A@@@d1",
                        1700000000000L,
                        "tcpclean",
                        "2b9b1281046046faafe5e0b458e4f553",
                        17,
                        "127.0.0.1:5000"));
    }

    @Test
    void anythingElseIsRefusedWithASentence() {
        assertThatThrownBy(() -> PresenceEvent.parse("hello".getBytes(UTF_8))).hasMessageContaining("presence event");
    }
}
