package isthmus.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.gateway.spi.ConnectionEvent;
import isthmus.gateway.spi.LoggedMessage;
import isthmus.queue.api.Body;
import isthmus.queue.api.LogRecord;
import isthmus.queue.api.MessageProperties;
import isthmus.queue.api.QueueMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedDownlinkTest {
    private final RecordingDownlink downlink = new RecordingDownlink();
    private final BridgeMetrics metrics = new BridgeMetrics();
    private final FeedDownlink feed = new FeedDownlink(
            downlink, BridgeSettings.defaults(), new EventMessage(EventSeal.of(new byte[16])), metrics);

    @Test
    void recordsComeDownInTheOrderOfTheLogWithoutThoseThatAreNotForDevices() {
        feed.onRecords(List.of(record(10, "MQ2MQTT", "/a"), record(20, "mine", "/b"), record(30, "MQ2MQTT", "/c")), 40);
        feed.onRecords(List.of(record(40, "MQ2MQTT", "/d")), 50);

        assertThat(downlink.messages).extracting(LoggedMessage::position).containsExactly(10L, 30L, 40L);
        assertThat(downlink.topics()).containsExactly("T/a", "T/c", "T/d");
        assertThat(downlink.nexts).containsExactly(40L, 50L);
        assertThat(metrics.value(BridgeCounter.DOWNLINK_DELIVERED)).isEqualTo(3);
        assertThat(metrics.value(BridgeCounter.DOWNLINK_IGNORED)).isEqualTo(1);
    }

    @Test
    void theGatewaysOwnEventsComeDownAndWhatOthersPutOnTheirTopicsDoesNot() {
        ConnectionEvent event =
                new ConnectionEvent(ConnectionEvent.Type.CONNECT, "GID_A@@@1", 1, "c", 1, "127.0.0.1:1");
        QueueMessage own = new EventMessage(EventSeal.of(new byte[16])).of(event, "GID_A");
        MessageProperties forged =
                MessageProperties.builder().add("TAGS", "MQ2MQTT").build();
        feed.onRecords(
                List.of(
                        new LogRecord(10, 10, own.topic(), 0, 0, 0, 0, own.properties(), own.body()),
                        new LogRecord(20, 10, own.topic(), 0, 0, 0, 0, forged, own.body())),
                30);
        assertThat(downlink.events).containsExactly(event);
        assertThat(downlink.messages).isEmpty();
        assertThat(downlink.nexts).containsExactly(30L);
        assertThat(metrics.value(BridgeCounter.EVENTS_FOREIGN)).isEqualTo(1);
    }

    @Test
    void thePositionMovesEvenWhenNothingIsForDevices() {
        feed.onRecords(List.of(), 40);
        feed.onRecords(List.of(record(40, "mine", "/b")), 50);
        assertThat(downlink.messages).isEmpty();
        assertThat(downlink.nexts).containsExactly(40L, 50L);
    }

    @Test
    void anInvalidTopicIsCountedAndNamedByItsPositionOnly() {
        try (CapturedLog log = new CapturedLog(FeedDownlink.class)) {
            feed.onRecords(List.of(record(10, "MQ2MQTT", "/private/#"), record(20, "MQ2MQTT", "/ok")), 30);

            assertThat(downlink.topics()).containsExactly("T/ok");
            assertThat(metrics.value(BridgeCounter.DOWNLINK_INVALID)).isEqualTo(1);
            assertThat(log.lines())
                    .containsExactly("DEBUG The record at position 10 of topic T is not delivered:"
                            + " its mqttSecondTopic gives no valid Topic Name");
        }
    }

    @Test
    void anUnreadableQosIsCountedAndTheMessageDelivered() {
        MessageProperties properties = MessageProperties.builder()
                .add("TAGS", "MQ2MQTT")
                .add("qoslevel", "high")
                .build();
        feed.onRecords(List.of(new LogRecord(10, 10, "T", 0, 0, 0, 0, properties, Body.wrap(new byte[0]))), 20);
        assertThat(downlink.topics()).containsExactly("T");
        assertThat(metrics.value(BridgeCounter.DOWNLINK_QOS_UNREADABLE)).isEqualTo(1);
    }

    @Test
    void aGapIsAWarningAndTheGatewayLearnsOfIt() {
        try (CapturedLog log = new CapturedLog(FeedDownlink.class)) {
            feed.onGap(10, 500);
            assertThat(downlink.gaps).containsExactly("10..500");
            assertThat(metrics.value(BridgeCounter.DOWNLINK_GAPS)).isEqualTo(1);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN Retention removed the log from position 10 to 500");
        }
    }

    @Test
    void aFeedThatStopsIsAnError() {
        try (CapturedLog log = new CapturedLog(FeedDownlink.class)) {
            feed.onFailure(new IllegalStateException("unknown magic at 17"));
            assertThat(metrics.value(BridgeCounter.FEED_FAILED)).isEqualTo(1);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("ERROR The log cannot be read on, and the feed has stopped");
        }
    }

    private static LogRecord record(long position, String tag, String secondTopic) {
        MessageProperties properties = MessageProperties.builder()
                .add("mqttSecondTopic", secondTopic)
                .add("TAGS", tag)
                .build();
        return new LogRecord(
                position, 10, "T", 0, 0, 0, 0, properties, Body.wrap("payload".getBytes(StandardCharsets.UTF_8)));
    }
}
