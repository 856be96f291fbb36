package isthmus.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import isthmus.gateway.spi.ConnectionEvent;
import isthmus.queue.api.Body;
import isthmus.queue.api.LogRecord;
import isthmus.queue.api.MessageProperties;
import isthmus.queue.api.QueueMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which records of an event topic the gateway takes for its own. */
class EventMessageTest {
    private static final ConnectionEvent EVENT = new ConnectionEvent(
            ConnectionEvent.Type.CONNECT,
            "GID_A@@@a\"气\\",
            1_585_000_000_123L,
            "2b9b1281046046faafe5e0b458e4f553",
            1_493_772_130_197L,
            "[::1]:5");

    private final EventSeal seal = EventSeal.of("a key of sixteen".getBytes(StandardCharsets.UTF_8));
    private final EventMessage messages = new EventMessage(seal);

    @Test
    void whatWasWrittenIsReadAgain() {
        for (ConnectionEvent.Type type : ConnectionEvent.Type.values()) {
            ConnectionEvent event = new ConnectionEvent(type, "GID_A@@@1", 1, "c", 2, "ip:1");
            assertThat(read(messages.of(event, "GID_A"))).isEqualTo(event);
        }
        assertThat(read(messages.of(EVENT, "GID_A"))).isEqualTo(EVENT);
    }

    @Test
    void anEventWithoutTheSealIsNotOurs() {
        QueueMessage genuine = messages.of(EVENT, "GID_A");
        MessageProperties unsealed =
                MessageProperties.builder().add("clientId", "GID_A@@@1").build();
        assertThat(read(genuine.topic(), unsealed, genuine.body())).isNull();
        for (String forged : List.of("", "x", "气", "AAAAAAAAAAAAAAAAAAAAAA", "A".repeat(10_000))) {
            assertThat(read(genuine.topic(), sealed(forged), genuine.body())).isNull();
        }
    }

    @Test
    void anEventWithTheSealOfAnotherEventOrKeyIsNotOurs() {
        QueueMessage genuine = messages.of(EVENT, "GID_A");
        String otherId = text(genuine.body()).replace("2b9b", "3b9b");
        assertThat(read(genuine.topic(), genuine.properties(), body(otherId))).isNull();
        EventMessage stranger = new EventMessage(EventSeal.of(new byte[16]));
        assertThat(read(stranger.of(EVENT, "GID_A"))).isNull();
    }

    @Test
    void anEventOnTheTopicOfAnotherGroupIsNotOurs() {
        QueueMessage genuine = messages.of(EVENT, "GID_A");
        assertThat(read("GID_B_MQTT", genuine.properties(), genuine.body())).isNull();
    }

    @Test
    void noBodyIsTooOddEvenWithTheSeal() {
        String whole = text(messages.of(EVENT, "GID_A").body());
        List<String> odd = List.of(
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"clientId\":{\"a\":1}}",
                "\u0000\u0001",
                whole.substring(0, whole.length() / 2),
                whole.replace("1585000000123", "\"soon\""),
                whole.replace("\"connect\"", "\"reconnect\""),
                whole.replace("GID_A@@@", "nobody"),
                "[".repeat(5000));
        for (String text : odd) {
            Body body = body(text);
            assertThat(read("GID_A_MQTT", sealed(seal.on(body)), body)).as(text).isNull();
        }
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventSeal.of(new byte[15]))
                .withMessageContaining("15 bytes (expected: 16 or more)");
    }

    private ConnectionEvent read(QueueMessage message) {
        return read(message.topic(), message.properties(), message.body());
    }

    private ConnectionEvent read(String topic, MessageProperties properties, Body body) {
        return messages.read(new LogRecord(10, 10, topic, 0, 0, 0, 0, properties, body));
    }

    private static MessageProperties sealed(String seal) {
        return MessageProperties.builder().add("mqttEventSeal", seal).build();
    }

    private static Body body(String text) {
        return Body.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Body body) {
        return new String(body.array(), StandardCharsets.UTF_8);
    }
}
