package isthmus.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import isthmus.gateway.spi.LoggedMessage;
import isthmus.queue.api.Body;
import isthmus.queue.api.LogRecord;
import isthmus.queue.api.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever properties a server application sets, devices get a valid message of that topic, or a finding says why not. */
class LogRecordFuzzTest {
    private static final String PARENT = "Telemetry";

    /** The properties as they are stored, with = and a line's end for the control characters that end name and value. */
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "TAGS=MQ2MQTT\nmqttSecondTopic=/room/1\nqoslevel=2\nmqttRetain=true\n",
                        "TAGS=MQ2MQTT\nmqttSecondTopic=p2p/GID_A@@@1\ncleansessionflag=false\nmqttRealTopic=Telemetry/x\n",
                        "TAGS=MQ2MQTT\nmqttSecondTopic=x\nmqttRealTopic=Other/#\n",
                        "TAGS=MQ2MQTT\nmqttRealTopic=TelemetryOther\nqoslevel=3\n",
                        "MSG_S=MQTT\nclientId=GID_A@@@1\nmqttMessageId=65536\nqoslevel=\n",
                        "MSG_S=MQTT\nclientId=GID_A@@@1\nmqttMessageId=1",
                        "KEYS=a\nnothing\n=\n\n=x\nTAGS",
                        "mqttSecondTopic=a\u0000b\nTAGS=MQ2MQTT")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void devicesGetAValidMessageOrAFindingSaysWhyNot(byte[] input) {
        String stored =
                new String(input, StandardCharsets.UTF_8).replace('=', '\u0001').replace('\n', '\u0002');
        LogRecord record = new LogRecord(
                7, 100, PARENT, 0, 0, 0, 0, MessageProperties.ofStored(stored), Body.wrap(new byte[] {1}));
        List<String> found = new ArrayList<>();
        LoggedMessage strict = new MessageMapping(true, findings(found)).toDevices(record);
        if (strict == null) {
            assertThat(found).filteredOn(finding -> !finding.equals("qos")).hasSize(1);
        } else {
            requireValid(strict);
        }
        LoggedMessage lenient = new MessageMapping(false, MappingFindings.UNREPORTED).toDevices(record);
        assertThat(found.contains("not for devices") || (strict == null ? lenient == null : strict.equals(lenient)))
                .as("the tag decides only whether")
                .isTrue();
    }

    private static void requireValid(LoggedMessage message) {
        for (String topic : List.of(message.topic(), message.topicSeen())) {
            assertThat(topic).matches("(?s)" + PARENT + "(/.*)?").doesNotContain("#", "+", "\0");
            assertThat(topic.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(65_536);
        }
        if (message.target() != null) {
            assertThat(message.topic()).isEqualTo(PARENT + "/p2p/" + message.target());
            assertThat(message.target()).isNotEmpty().doesNotContain("/");
            assertThat(message.retain()).isFalse();
        } else {
            assertThat(message.keep()).isFalse();
        }
        if (message.reception() != null) {
            assertThat(message.reception().packetId()).isBetween(1, 65_535);
        }
    }

    private static MappingFindings findings(List<String> found) {
        return new MappingFindings() {
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
                found.add("qos");
            }
        };
    }
}
