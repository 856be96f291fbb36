package isthmus.bridge;

import static isthmus.gateway.spi.ConnectionEvent.Type.CONNECT;
import static isthmus.gateway.spi.ConnectionEvent.Type.DISCONNECT;
import static isthmus.gateway.spi.ConnectionEvent.Type.TCP_CLEAN;
import static org.assertj.core.api.Assertions.assertThat;

import isthmus.gateway.spi.ConnectionEvent;
import isthmus.queue.api.AppendException;
import isthmus.queue.api.QueueMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientEventsTest {
    private static final String CHANNEL = "2b9b1281046046faafe5e0b458e4f553";
    private static final int ATTEMPTS = 8;

    private final FakeQueueCore queue = new FakeQueueCore("GID_A_MQTT", "GID_B_MQTT");
    private final BridgeMetrics metrics = new BridgeMetrics();
    private final HandCrankedTimer timer = new HandCrankedTimer();
    private final ClientEvents events = new ClientEvents(
            queue,
            new BridgeSettings(true, TraceSettings.off(), ATTEMPTS),
            new EventMessage(EventSeal.of(new byte[16])),
            timer,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            metrics);
    private CapturedLog log;

    @BeforeEach
    void capture() {
        log = new CapturedLog(EventTroubles.class);
    }

    @AfterEach
    void release() {
        log.close();
        timer.shutdownNow();
    }

    @Test
    void anEventIsJsonOnTheTopicOfTheGroupWithItsTypeAsTag() {
        events.publish(new ConnectionEvent(
                CONNECT, "GID_A@@@1", 1_585_000_000_123L, CHANNEL, 1_493_772_130_197L, "10.0.0.9:5"));

        QueueMessage message = queue.messages().get(0);
        assertThat(text(message))
                .isEqualTo("{\"clientId\":\"GID_A@@@1\",\"time\":1585000000123,\"eventType\":\"connect\","
                        + "\"channelId\":\"" + CHANNEL + "\",\"eventIndex\":1493772130197,"
                        + "\"clientIp\":\"10.0.0.9:5\"}");
        assertThat(message.topic()).isEqualTo("GID_A_MQTT");
        assertThat(message.tag()).isEqualTo("connect");
        assertThat(message.shardingKey()).isEqualTo("GID_A@@@1");
        assertThat(message.properties().toString()).matches("clientId=GID_A@@@1 mqttEventSeal=[\\w-]{22} ");
        assertThat(metrics.value(BridgeCounter.EVENTS_STORED)).isEqualTo(1);
    }

    @Test
    void quotesInAClientIdentifierStayInsideTheJsonString() {
        events.publish(event(CONNECT, "GID_A@@@a\"b\\", 1));
        assertThat(text(queue.messages().get(0))).startsWith("{\"clientId\":\"GID_A@@@a\\\"b\\\\\",");
    }

    @Test
    void theThreeTypesHaveTheTagsOfTheContract() {
        events.publish(event(CONNECT, "GID_A@@@1", 1));
        events.publish(event(DISCONNECT, "GID_A@@@1", 2));
        events.publish(event(TCP_CLEAN, "GID_A@@@1", 3));
        assertThat(queue.messages()).extracting(QueueMessage::tag).containsExactly("connect", "disconnect", "tcpclean");
    }

    @Test
    void eventsOfAClientKeepTheirOrderWhenTheLogRefusesOneForNow() {
        queue.refuse(AppendException.Reason.UNAVAILABLE, 3);
        events.publish(event(CONNECT, "GID_A@@@1", 1));
        events.publish(event(DISCONNECT, "GID_A@@@1", 2));
        events.publish(event(TCP_CLEAN, "GID_A@@@1", 3));
        assertThat(queue.messages()).isEmpty();

        timer.runNext();
        timer.runNext();
        assertThat(queue.messages()).isEmpty();
        timer.runNext();
        assertThat(queue.messages()).extracting(QueueMessage::tag).containsExactly("connect", "disconnect", "tcpclean");
        assertThat(timer.hasTask()).isFalse();
        assertThat(metrics.value(BridgeCounter.EVENTS_RETRIED)).isEqualTo(3);
        assertThat(metrics.value(BridgeCounter.EVENTS_LOST)).isZero();
    }

    @Test
    void oneAppendOfAClientIsUnderWayAtATime() {
        queue.hold();
        events.publish(event(CONNECT, "GID_A@@@1", 1));
        events.publish(event(TCP_CLEAN, "GID_A@@@1", 2));
        queue.refuse(AppendException.Reason.UNAVAILABLE);
        queue.letGo(); // the first fails; the second must not overtake it
        assertThat(queue.messages()).isEmpty();
        timer.runNext();
        assertThat(queue.messages()).extracting(QueueMessage::tag).containsExactly("connect", "tcpclean");
    }

    @Test
    void oneClientInTroubleDoesNotHoldUpTheOthers() {
        queue.refuse(AppendException.Reason.UNAVAILABLE);
        events.publish(event(CONNECT, "GID_A@@@1", 1));
        events.publish(event(CONNECT, "GID_A@@@2", 1));
        assertThat(queue.messages()).extracting(QueueMessage::shardingKey).containsExactly("GID_A@@@2");
    }

    @Test
    void thePausesDoubleUpToFiveSeconds() {
        queue.refuse(AppendException.Reason.UNAVAILABLE, ATTEMPTS);
        events.publish(event(CONNECT, "GID_A@@@1", 1));
        while (timer.hasTask()) {
            timer.runNext();
        }
        assertThat(timer.pausesMillis()).containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L);
    }

    @Test
    void afterTheLastAttemptTheEventsOfTheClientAreGivenUpAndLaterOnesGoThrough() {
        queue.refuse(AppendException.Reason.UNAVAILABLE, ATTEMPTS);
        events.publish(event(CONNECT, "GID_A@@@1", 1));
        events.publish(event(TCP_CLEAN, "GID_A@@@1", 2));
        while (timer.hasTask()) {
            timer.runNext();
        }
        assertThat(queue.messages()).isEmpty();
        assertThat(metrics.value(BridgeCounter.EVENTS_LOST)).isEqualTo(2);

        events.publish(event(CONNECT, "GID_A@@@1", 3));
        assertThat(queue.messages()).extracting(QueueMessage::tag).containsExactly("connect");
    }

    @Test
    void ofManyEventsThatWaitTheOldestGo() {
        queue.refuse(AppendException.Reason.UNAVAILABLE);
        LongStream.rangeClosed(0, 40).forEach(index -> events.publish(event(CONNECT, "GID_A@@@1", index)));
        timer.runNext();
        assertThat(metrics.value(BridgeCounter.EVENTS_LOST)).isEqualTo(8);
        assertThat(queue.messages()).hasSize(33);
        assertThat(text(queue.messages().get(0))).contains("\"eventIndex\":0,");
        assertThat(text(queue.messages().get(1))).contains("\"eventIndex\":9,");
        assertThat(text(queue.messages().get(32))).contains("\"eventIndex\":40,");
    }

    @Test
    void ofManyConnectionsThatWaitTheOldestGoWholeSoThatEachThatIsToldHasAnEnd() {
        queue.refuse(AppendException.Reason.UNAVAILABLE);
        for (int connection = 0; connection < 40; connection++) {
            events.publish(event(CONNECT, "GID_A@@@1", "channel " + connection));
            events.publish(event(DISCONNECT, "GID_A@@@1", "channel " + connection));
            events.publish(event(TCP_CLEAN, "GID_A@@@1", "channel " + connection));
        }
        timer.runNext();
        Map<String, String> lives = new LinkedHashMap<>();
        for (QueueMessage message : queue.messages()) {
            String channel = text(message).replaceAll(".*\"channelId\":\"([^\"]+)\".*", "$1");
            lives.merge(channel, String.valueOf(message.tag()), (life, next) -> life + " " + next);
        }
        assertThat(lives.values()).hasSizeBetween(10, 11).containsOnly("connect disconnect tcpclean");
        assertThat(lives.keySet()).startsWith("channel 0").endsWith("channel 39");
        assertThat(metrics.value(BridgeCounter.EVENTS_LOST))
                .isEqualTo(120 - queue.messages().size());
    }

    @Test
    void theyAreSettledWhenEverythingIsStoredOrGivenUp() {
        assertThat(events.settled()).isDone();
        queue.refuse(AppendException.Reason.UNAVAILABLE, 1);
        events.publish(event(CONNECT, "GID_A@@@1", 1));
        var settled = events.settled();
        assertThat(settled).isNotDone();
        timer.runNext();
        assertThat(settled).isDone();
    }

    @Test
    void aMissingEventTopicIsOneWarningPerGroup() {
        for (int device = 0; device < 3; device++) {
            events.publish(event(CONNECT, "GID_None@@@" + device, 1));
            events.publish(event(CONNECT, "GID_Nil@@@" + device, 1));
        }
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(0))
                .startsWith("WARN ")
                .contains("group GID_None")
                .contains("GID_None_MQTT does not exist")
                .contains("Create the topic");
        assertThat(metrics.value(BridgeCounter.EVENTS_WITHOUT_TOPIC)).isEqualTo(6);
        assertThat(metrics.value(BridgeCounter.EVENTS_LOST)).isZero();
        assertThat(timer.hasTask()).isFalse();
    }

    @Test
    void aClientIdentifierWithoutGroupHasNoEvents() {
        events.publish(event(CONNECT, "lonely", 1));
        events.publish(event(CONNECT, "@@@lonely", 1));
        assertThat(queue.messages()).isEmpty();
        assertThat(metrics.value(BridgeCounter.EVENTS_WITHOUT_TOPIC)).isEqualTo(2);
    }

    @Test
    void anIllegalEventIsLostAloneAndItsSuccessorsGoOn() {
        queue.refuse(AppendException.Reason.MESSAGE_ILLEGAL);
        events.publish(event(CONNECT, "GID_A@@@1", 1));
        events.publish(event(TCP_CLEAN, "GID_A@@@1", 2));
        events.publish(event(CONNECT, "GID_A@@@\u0001", 1));
        assertThat(queue.messages()).extracting(QueueMessage::tag).containsExactly("tcpclean");
        assertThat(metrics.value(BridgeCounter.EVENTS_LOST)).isEqualTo(2);
        assertThat(timer.hasTask()).isFalse();
    }

    @Test
    void anEventThatOnlyTheDiskHasNotConfirmedIsNotSentAgain() {
        queue.refuse(AppendException.Reason.FLUSH_TIMEOUT);
        events.publish(event(CONNECT, "GID_A@@@1", 1));
        assertThat(timer.hasTask()).isFalse();
        assertThat(metrics.value(BridgeCounter.EVENTS_STORED)).isEqualTo(1);
    }

    @Test
    void troubleOfManyClientsIsOneLineAMinute() {
        queue.refuse(AppendException.Reason.UNAVAILABLE, 100);
        for (int device = 0; device < 100; device++) {
            events.publish(event(CONNECT, "GID_A@@@" + device, 1));
        }
        assertThat(log.lines()).singleElement().asString().startsWith("WARN The log does not take client events now");
    }

    @Test
    void aTimerThatWasStoppedEndsTheAttempts() {
        timer.shutdown();
        queue.refuse(AppendException.Reason.UNAVAILABLE);
        events.publish(event(CONNECT, "GID_A@@@1", 1));
        assertThat(metrics.value(BridgeCounter.EVENTS_LOST)).isEqualTo(1);
        events.flush(Duration.ofMinutes(1)); // returns at once: nothing is under way
    }

    @Test
    void aFlushWaitsNoLongerThanItsPatience() {
        queue.hold();
        events.publish(event(CONNECT, "GID_A@@@1", 1));
        events.flush(Duration.ofMillis(1));
        assertThat(queue.messages()).isEmpty();
        queue.letGo();
        events.flush(Duration.ofMinutes(1));
        assertThat(queue.messages()).hasSize(1);
    }

    private static ConnectionEvent event(ConnectionEvent.Type type, String clientId, long index) {
        return new ConnectionEvent(type, clientId, 1, CHANNEL, index, "127.0.0.1:1");
    }

    private static ConnectionEvent event(ConnectionEvent.Type type, String clientId, String channelId) {
        return new ConnectionEvent(type, clientId, 1, channelId, 1, "127.0.0.1:1");
    }

    private static String text(QueueMessage message) {
        return new String(message.body().array(), StandardCharsets.UTF_8);
    }
}
