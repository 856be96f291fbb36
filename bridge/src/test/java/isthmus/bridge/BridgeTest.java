package isthmus.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import isthmus.gateway.spi.ConnectionEvent;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.QoS;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BridgeTest {
    private final FakeQueueCore queue = new FakeQueueCore("T", "Late", "GID_A_MQTT");
    private final HandCrankedTimer timer = new HandCrankedTimer();
    private final Bridge bridge = bridge(BridgeSettings.defaults());
    private final RecordingDownlink downlink = new RecordingDownlink();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void whatGoesUpComesDown() {
        bridge.start(downlink, Set.of("T"));
        publish("T/x");
        queue.feed().crank();

        assertThat(downlink.topics()).containsExactly("T/x");
        assertThat(bridge.log().read(downlink.messages.get(0).position())).contains(downlink.messages.get(0));
    }

    @Test
    void aGatewayThatWasNeverFedBeginsWithTheOldestRecord() {
        publish("T/removed");
        publish("T/before");
        queue.removeFirst(1);
        bridge.start(downlink, Set.of("T"));
        assertThat(queue.feed().position()).isEqualTo(queue.records().get(0).position());

        queue.feed().crank();
        assertThat(downlink.topics()).containsExactly("T/before");
    }

    @Test
    void aGatewayThatWasFedGoesOnWhereItStopped() {
        publish("T/seen");
        RecordingDownlink resumed = new RecordingDownlink(queue.endPosition());
        publish("T/new");
        bridge.start(resumed, Set.of("T"));
        queue.feed().crank();
        assertThat(resumed.topics()).containsExactly("T/new");
    }

    @Test
    void aTopicThatIsCreatedLaterIsWatchedFromThenOn() {
        bridge.start(downlink, Set.of("T"));
        publish("Late/1");
        queue.feed().crank();
        bridge.watch(Set.of("T", "Late"));
        publish("Late/2");
        queue.feed().crank();
        assertThat(downlink.topics()).containsExactly("Late/2");
    }

    @Test
    void eventsNeverReachDevicesEvenWhenTheirTopicIsNamedAsParentAndTheTagRuleIsOff() {
        Bridge lenient = bridge(new BridgeSettings(false, TraceSettings.off(), 1));
        lenient.start(downlink, Set.of("T", "GID_A_MQTT"));
        lenient.events()
                .publish(new ConnectionEvent(ConnectionEvent.Type.CONNECT, "GID_A@@@1", 1, "c", 1, "127.0.0.1:1"));
        queue.feed().crank();
        assertThat(queue.records()).hasSize(1);
        assertThat(downlink.messages).isEmpty();
        assertThat(lenient.log().read(queue.records().get(0).position())).isEmpty();
        lenient.log().scan(0, queue.endPosition(), message -> {
            throw new AssertionError(message);
        });
        assertThat(downlink.events).as("the gateway meets its own events").hasSize(1);
    }

    @Test
    void onlyTopicsOfGroupsAreEventTopics() {
        assertThat(EventTopics.of("GID_A")).isEqualTo("GID_A_MQTT");
        assertThat(EventTopics.isEventTopic("GID_A_MQTT")).isTrue();
        assertThat(List.of("T", "T_MQTT", "GID_A", "GID_MQTT", "GID__MQTT")).noneMatch(EventTopics::isEventTopic);
    }

    @Test
    void tasksForTheFeedWaitForItAndRunInOrderAfterWhatIsInTheLog() {
        List<Object> order = new ArrayList<>();
        bridge.log().feed().execute(() -> order.add("early 1"));
        bridge.log().feed().execute(() -> order.add("early 2"));
        publish("T/x");
        bridge.start(downlink, Set.of("T"));
        bridge.log().feed().execute(() -> order.add("late, after " + downlink.topics()));
        assertThat(order).isEmpty();

        queue.feed().crank();
        assertThat(order).containsExactly("early 1", "early 2", "late, after [T/x]");
    }

    @Test
    void itIsStartedOnceAndBeforeTopicsAreWatched() {
        assertThatIllegalStateException()
                .isThrownBy(() -> bridge.watch(Set.of("T")))
                .withMessage("the bridge has not been started");
        bridge.start(downlink, Set.of("T"));
        assertThatIllegalStateException()
                .isThrownBy(() -> bridge.start(downlink, Set.of("T")))
                .withMessage("the bridge has been started already");
    }

    @Test
    void closingStopsTheFeed() {
        bridge.close(); // not started: nothing to do
        bridge.start(downlink, Set.of("T"));
        bridge.close();
        assertThat(queue.feed().closed()).isTrue();
    }

    @Test
    void settingsOutOfBoundsAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BridgeSettings(true, TraceSettings.off(), 0))
                .withMessage("bridge.eventAttempts: 0 (expected: a number from 1 to 10000)");
    }

    @Test
    void everyCounterHasANameAndAMeaning() {
        assertThat(BridgeCounter.values()).allSatisfy(counter -> {
            assertThat(counter.metric()).matches("[a-z]+(\\.[a-z]+)+");
            assertThat(counter.meaning()).isNotBlank();
            assertThat(bridge.metrics().value(counter)).isZero();
        });
    }

    private Bridge bridge(BridgeSettings settings) {
        return new Bridge(queue, settings, EventSeal.of(new byte[16]), timer, Clock.systemUTC());
    }

    private void publish(String topic) {
        assertThat(bridge.uplink()
                        .publish(new PublishedMessage(
                                "GID_A@@@1", true, topic, Payload.empty(), QoS.AT_LEAST_ONCE, false)))
                .isCompleted();
    }
}
