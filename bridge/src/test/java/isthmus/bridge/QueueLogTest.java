package isthmus.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.gateway.spi.LoggedMessage;
import isthmus.queue.api.Body;
import isthmus.queue.api.MessageProperties;
import isthmus.queue.api.QueueMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueLogTest {
    private final FakeQueueCore queue = new FakeQueueCore("T", "Other");
    private final QueueLog log = new QueueLog(queue, BridgeSettings.defaults(), Runnable::run);

    @BeforeEach
    void watchOneTopic() {
        log.watch(Set.of("T"));
    }

    @Test
    void aMessageIsReadAtItsPosition() {
        append("T", "MQ2MQTT", "/a");
        append("T", "MQ2MQTT", "/b");
        long second = queue.records().get(1).position();

        assertThat(log.read(second)).map(LoggedMessage::topic).contains("T/b");
        assertThat(log.read(second)).map(LoggedMessage::position).contains(second);
    }

    @Test
    void whatIsNotForDevicesIsNotRead() {
        append("T", "mine", "/a");
        append("Other", "MQ2MQTT", "/b");
        assertThat(queue.records())
                .allSatisfy(record -> assertThat(log.read(record.position())).isEmpty());

        log.watch(Set.of("T", "Other"));
        assertThat(log.read(queue.records().get(1).position()))
                .map(LoggedMessage::topic)
                .contains("Other/b");
    }

    @Test
    void whatRetentionRemovedIsNotRead() {
        append("T", "MQ2MQTT", "/a");
        append("T", "MQ2MQTT", "/b");
        long removed = queue.firstPosition();
        queue.removeFirst(1);
        assertThat(log.read(removed)).isEmpty();
        assertThat(log.firstPosition()).isGreaterThan(removed);
    }

    @Test
    void aScanVisitsMessagesForDevicesInOrderAndReturnsTheEnd() {
        append("T", "MQ2MQTT", "/a");
        append("Other", "MQ2MQTT", "/b");
        append("T", "mine", "/c");
        append("T", "MQ2MQTT", "/d");

        List<String> visited = new ArrayList<>();
        long next = log.scan(queue.firstPosition(), queue.endPosition(), message -> visited.add(message.topic()));
        assertThat(visited).containsExactly("T/a", "T/d");
        assertThat(next).isEqualTo(queue.endPosition());
    }

    @Test
    void aScanThatWasStoppedGoesOnWithTheNextMessage() {
        for (int i = 0; i < 5; i++) {
            append("T", "MQ2MQTT", "/" + i);
        }
        List<String> visited = new ArrayList<>();
        long next = queue.firstPosition();
        for (int scans = 0; next < queue.endPosition(); scans++) {
            assertThat(scans).isLessThan(5);
            next = log.scan(next, queue.endPosition(), message -> {
                visited.add(message.topic());
                return false;
            });
        }
        assertThat(visited).containsExactly("T/0", "T/1", "T/2", "T/3", "T/4");
    }

    @Test
    void aLongScanIsDoneInBoundedSteps() {
        for (int i = 0; i < 40; i++) {
            queue.append(message("T", "MQ2MQTT", "/" + i, 10_000));
        }
        List<String> visited = new ArrayList<>();
        long next = log.scan(queue.firstPosition(), queue.endPosition(), message -> visited.add(message.topic()));
        assertThat(next).isLessThan(queue.endPosition());
        assertThat(visited).hasSizeBetween(5, 20);

        while (next < queue.endPosition()) {
            next = log.scan(next, queue.endPosition(), message -> visited.add(message.topic()));
        }
        assertThat(visited).hasSize(40).doesNotHaveDuplicates();
    }

    private void append(String topic, String tag, String secondTopic) {
        queue.append(message(topic, tag, secondTopic, 1));
    }

    private static QueueMessage message(String topic, String tag, String secondTopic, int bytes) {
        MessageProperties properties =
                MessageProperties.builder().add("mqttSecondTopic", secondTopic).build();
        return new QueueMessage(topic, null, tag, properties, Body.wrap(new byte[bytes]));
    }
}
