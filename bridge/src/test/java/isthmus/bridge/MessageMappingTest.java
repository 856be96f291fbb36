package isthmus.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.Reception;
import isthmus.queue.api.Body;
import isthmus.queue.api.LogRecord;
import isthmus.queue.api.MessageProperties;
import isthmus.queue.api.QueueMessage;
import isthmus.queue.api.TraceContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageMappingTest {
    private static final String CLIENT = "GID_A@@@1";

    private final List<String> found = new ArrayList<>();
    private final MessageMapping mapping = new MessageMapping(true, new MappingFindings() {
        @Override
        public void notForDevices(LogRecord record) {
            found.add("not for devices");
        }

        @Override
        public void invalidTopic(LogRecord record, String property) {
            found.add("invalid " + property);
        }

        @Override
        public void unreadableQos(LogRecord record) {
            found.add("unreadable QoS");
        }
    });

    // up

    @Test
    void aPublishedMessageHasTheDocumentedPropertiesAndNoTag() {
        Payload payload = Payload.wrap(new byte[] {0, 1, -1});
        QueueMessage message = MessageMapping.toLog(
                new PublishedMessage(CLIENT, false, "Telemetry/room/1", payload, QoS.EXACTLY_ONCE, false), null);

        assertThat(message.topic()).isEqualTo("Telemetry");
        assertThat(message.tag()).isNull();
        assertThat(message.shardingKey()).isEqualTo(CLIENT);
        assertThat(message.properties())
                .hasToString("mqttSecondTopic=/room/1 qoslevel=2 cleansessionflag=false clientId=" + CLIENT
                        + " MSG_S=MQTT ");
        assertThat(message.body().array()).containsExactly(0, 1, -1);
    }

    @Test
    void aTraceIsTwoPropertiesMore() {
        PublishedMessage message = new PublishedMessage(CLIENT, true, "T", Payload.empty(), QoS.AT_MOST_ONCE, false);
        TraceContext trace = new TraceContext("00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01", "vendor=1");
        assertThat(MessageMapping.toLog(message, trace).properties())
                .hasToString(MessageMapping.toLog(message, null).properties() + "traceparent=" + trace.parent()
                        + " tracestate=vendor=1 ");
    }

    @Test
    void thePacketIdentifierOfAStoredSessionComesBackWithTheMessage() {
        QueueMessage message = MessageMapping.toLog(
                new PublishedMessage(CLIENT, false, "T/x", Payload.empty(), QoS.EXACTLY_ONCE, false, 65_535), null);
        assertThat(message.properties().get("mqttMessageId")).isEqualTo("65535");
        assertThat(mapping.toDevices(stored(message)).reception()).isEqualTo(new Reception(CLIENT, 65_535));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "x", "-1", ""})
    void aPacketIdentifierThatIsNoneIsNotRead(String packetId) {
        assertThat(down("MSG_S=MQTT", "clientId=" + CLIENT, "mqttMessageId=" + packetId)
                        .reception())
                .isNull();
    }

    @Test
    void aServerApplicationSetsNoPacketIdentifier() {
        assertThat(down("TAGS=MQ2MQTT", "clientId=" + CLIENT, "mqttMessageId=1").reception())
                .isNull();
    }

    @Test
    void theBareParentTopicHasNoSecondTopic() {
        assertThat(up("T", QoS.AT_MOST_ONCE, false).properties())
                .hasToString("qoslevel=0 cleansessionflag=true clientId=" + CLIENT + " MSG_S=MQTT ");
    }

    @ParameterizedTest
    @CsvSource({"T/, /", "T/notice/, /notice/", "T//x, //x"})
    void emptyLevelsStayInTheSecondTopic(String topic, String secondTopic) {
        assertThat(up(topic, QoS.AT_LEAST_ONCE, false).properties().get("mqttSecondTopic"))
                .isEqualTo(secondTopic);
    }

    @ParameterizedTest
    @CsvSource({
        "T/x, true, true",
        "T/x, false, ",
        "T/p2p/GID_A@@@2, true, ",
        "T/p2p/GID_A@@@2/x, true, true",
        "T/x/p2p/GID_A@@@2, true, true"
    })
    void retainIsMarkedButNeverOnP2p(String topic, boolean retain, String mark) {
        assertThat(up(topic, QoS.AT_LEAST_ONCE, retain).properties().get("mqttRetain"))
                .isEqualTo(mark);
    }

    @ParameterizedTest
    @ValueSource(strings = {"T/\u0001", "T/a\u0002b"})
    void aTopicWithTheLogsOwnSeparatorsIsRefused(String topic) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> up(topic, QoS.AT_LEAST_ONCE, false))
                .withMessageContaining("U+0001");
    }

    // down

    @Test
    void aTaggedMessageOfAServerApplicationHasTheDocumentedDefaults() {
        assertThat(down("TAGS=MQ2MQTT"))
                .isEqualTo(new LoggedMessage(
                        7, "T", "T", Payload.wrap(new byte[] {42}), QoS.AT_LEAST_ONCE, false, null, false));
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TAGS=MQ2MQTT, true", "MSG_S=MQTT, true", "TAGS=other, false", "MSG_S=HTTP, false", "KEYS=k, false"})
    void onlyDevicesAndTheTagForDevicesReachDevices(String property, boolean delivered) {
        assertThat(down(property) != null).isEqualTo(delivered);
        assertThat(found).isEqualTo(delivered ? List.of() : List.of("not for devices"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TAGS=other", "KEYS=k"})
    void withoutTheRuleEveryMessageReachesDevices(String property) {
        MessageMapping lenient = new MessageMapping(false, MappingFindings.UNREPORTED);
        assertThat(lenient.toDevices(record(property))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"/notice/, T/notice/", "notice, T/notice", "/, T/", "'', T", "a/b, T/a/b"})
    void theSecondTopicFollowsTheParent(String secondTopic, String topic) {
        LoggedMessage message = down("TAGS=MQ2MQTT", "mqttSecondTopic=" + secondTopic);
        assertThat(message.topic()).isEqualTo(topic);
        assertThat(message.topicSeen()).isEqualTo(topic);
    }

    @ParameterizedTest
    @CsvSource({"0, AT_MOST_ONCE", "1, AT_LEAST_ONCE", "2, EXACTLY_ONCE"})
    void theQosIsTheServerApplications(String qos, QoS expected) {
        assertThat(down("TAGS=MQ2MQTT", "qoslevel=" + qos).qos()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "-1", "two", "1.0"})
    void anUnreadableQosIsTheDefaultAndIsReported(String qos) {
        assertThat(down("TAGS=MQ2MQTT", "qoslevel=" + qos).qos()).isEqualTo(QoS.AT_LEAST_ONCE);
        assertThat(found).containsExactly("unreadable QoS");
    }

    @ParameterizedTest
    @CsvSource({
        "/p2p/GID_A@@@2, '', GID_A@@@2, false",
        "p2p/GID_A@@@2, '', GID_A@@@2, false",
        "/p2p/GID_A@@@2, true, GID_A@@@2, false",
        "/p2p/GID_A@@@2, false, GID_A@@@2, true",
        "/p2p/GID_A@@@2, False, GID_A@@@2, true",
        "/p2p/GID_A@@@2/x, false, , false",
        "/x, false, , false"
    })
    void p2pGoesToItsTargetAndWaitsWhenCleanSessionIsFalse(
            String secondTopic, String cleanSession, String target, boolean keep) {
        LoggedMessage message =
                down("TAGS=MQ2MQTT", "mqttSecondTopic=" + secondTopic, "cleansessionflag=" + cleanSession);
        assertThat(message.target()).isEqualTo(target);
        assertThat(message.keep()).isEqualTo(keep);
    }

    @Test
    void p2pIsSeenUnderThePublishedTopic() {
        assertThat(down("MSG_S=MQTT", "mqttSecondTopic=/p2p/GID_A@@@2").topicSeen())
                .isEqualTo("T/p2p/GID_A@@@2");
    }

    @ParameterizedTest
    @CsvSource({"T/seen, T/seen", "T, T", "/seen, T/seen", "seen, T/seen", "Tx/seen, T/Tx/seen", "'', T/p2p/c"})
    void theRealTopicIsWhatReceiversSeeAndMayLackTheParent(String realTopic, String seen) {
        LoggedMessage message = down("TAGS=MQ2MQTT", "mqttSecondTopic=/p2p/c", "mqttRealTopic=" + realTopic);
        assertThat(message.topicSeen()).isEqualTo(seen);
        assertThat(message.topic()).isEqualTo("T/p2p/c");
        assertThat(message.target()).isEqualTo("c");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "TRUE, true", "false, false", "1, false", "'', false"})
    void aServerApplicationMayRetain(String written, boolean retain) {
        assertThat(down("TAGS=MQ2MQTT", "mqttSecondTopic=/x", "mqttRetain=" + written)
                        .retain())
                .isEqualTo(retain);
    }

    @Test
    void p2pIsNeverRetained() {
        assertThat(down("TAGS=MQ2MQTT", "mqttSecondTopic=/p2p/c", "mqttRetain=true")
                        .retain())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/+", "/#", "/a/#", "/p2p/+", "/\u0000"})
    void aSecondTopicThatNobodyMayPublishToIsNotDelivered(String secondTopic) {
        assertThat(down("TAGS=MQ2MQTT", "mqttSecondTopic=" + secondTopic)).isNull();
        assertThat(found).containsExactly("invalid mqttSecondTopic");
    }

    @Test
    void aTooLongSecondTopicIsNotDelivered() {
        assertThat(down("TAGS=MQ2MQTT", "mqttSecondTopic=/" + "x".repeat(65_534)))
                .isNull();
        assertThat(found).containsExactly("invalid mqttSecondTopic");
    }

    @Test
    void aRealTopicWithWildcardsIsNotDelivered() {
        assertThat(down("TAGS=MQ2MQTT", "mqttRealTopic=T/#")).isNull();
        assertThat(found).containsExactly("invalid mqttRealTopic");
    }

    // round

    @ParameterizedTest
    @ValueSource(strings = {"T", "T/", "T/a", "T/a/", "T//", "T/p2p", "T/p2p/", "T/p2p/GID_A@@@2", "T/温度/1"})
    void whatADevicePublishedComesDownUnderTheSameTopic(String topic) {
        LoggedMessage message = round(topic, QoS.AT_LEAST_ONCE, false);
        assertThat(message.topic()).isEqualTo(topic);
        assertThat(message.topicSeen()).isEqualTo(topic);
        assertThat(message.payload()).isEqualTo(Payload.wrap(new byte[] {1, 2, 3}));
    }

    @ParameterizedTest
    @EnumSource(QoS.class)
    void qosAndRetainComeDownAsTheyWentUp(QoS qos) {
        assertThat(round("T/x", qos, true).qos()).isEqualTo(qos);
        assertThat(round("T/x", qos, true).retain()).isTrue();
        assertThat(round("T/x", qos, false).retain()).isFalse();
    }

    @Test
    void aDevicesP2pMessageWaitsAsItsSendersCleanSessionSays() {
        assertThat(roundP2p(false).keep()).isTrue();
        assertThat(roundP2p(true).keep()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, 4bf92f3577b34da6a3ce929d0e0e4736",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01, none",
                "nonsense, none"
            })
    void theTraceOfAMessageIsKnownByItsId(String parent, String traceId) {
        assertThat(down("TAGS=MQ2MQTT", "traceparent=" + parent).traceId()).isEqualTo(traceId);
        assertThat(down("TAGS=MQ2MQTT").traceId()).isNull();
    }

    private static QueueMessage up(String topic, QoS qos, boolean retain) {
        return MessageMapping.toLog(
                new PublishedMessage(CLIENT, true, topic, Payload.wrap(new byte[] {1, 2, 3}), qos, retain), null);
    }

    /** @param properties each {@code name=value} */
    private LoggedMessage down(String... properties) {
        return mapping.toDevices(record(properties));
    }

    private LoggedMessage round(String topic, QoS qos, boolean retain) {
        return mapping.toDevices(stored(up(topic, qos, retain)));
    }

    private LoggedMessage roundP2p(boolean cleanSession) {
        return mapping.toDevices(stored(MessageMapping.toLog(
                new PublishedMessage(
                        CLIENT, cleanSession, "T/p2p/GID_A@@@2", Payload.empty(), QoS.AT_LEAST_ONCE, false),
                null)));
    }

    private static LogRecord stored(QueueMessage message) {
        return new LogRecord(7, 100, message.topic(), 0, 0, 0, 0, message.properties(), message.body());
    }

    private static LogRecord record(String... properties) {
        MessageProperties.Builder builder = MessageProperties.builder();
        for (String property : properties) {
            int end = property.indexOf('=');
            builder.add(property.substring(0, end), property.substring(end + 1));
        }
        return new LogRecord(7, 100, "T", 0, 0, 0, 0, builder.build(), Body.wrap(new byte[] {42}));
    }
}
