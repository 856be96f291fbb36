package isthmus.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.Reception;
import isthmus.queue.api.LogRecord;
import isthmus.queue.api.QueueMessage;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What a device publishes comes back from the log as it was. */
class PublishedMessageFuzzTest {
    private final MessageMapping mapping = new MessageMapping(true, MappingFindings.UNREPORTED);

    /** Four lines: one character with the flags and one with the Packet Identifier, Client Identifier, topic, payload. */
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "0\u0000\nGID_A@@@1\nTelemetry/room/1\npayload",
                        "5a\nGID_A@@@1\nT//x/\n",
                        "\u000e!\nGID_A@@@1\nT/p2p/GID_A@@@2\nhello\nyou",
                        "9气\nGID_A@@@设备\nT/p2p/a/b\n",
                        "\u00020\n=\nT\n",
                        "00\na\u0001b\nT/\u0002\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsPublishedComesBack(byte[] input) {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 4);
        if (lines.length < 4 || lines[0].length() != 2) {
            return;
        }
        int flags = lines[0].charAt(0);
        Payload payload = Payload.wrap(lines[3].getBytes(StandardCharsets.UTF_8));
        PublishedMessage message = new PublishedMessage(
                lines[1],
                (flags & 1) != 0,
                lines[2],
                payload,
                QoS.of((flags >> 2) % 3),
                (flags & 2) != 0,
                lines[0].charAt(1));
        // The parent topic is no property, and one that exists has no such character.
        if ((message.clientId() + SubTopic.of(message.topic())).matches("(?s).*[\u0001\u0002].*")) {
            assertThatIllegalArgumentException().isThrownBy(() -> MessageMapping.toLog(message, null));
        } else {
            assertThat(mapping.toDevices(stored(MessageMapping.toLog(message, null))))
                    .isEqualTo(expected(message));
        }
    }

    private static LoggedMessage expected(PublishedMessage message) {
        String topic = message.topic();
        if (topic.isEmpty() || topic.contains("#") || topic.contains("+") || topic.contains("\0")) {
            return null;
        }
        String[] levels = topic.split("/", -1);
        String target = levels.length == 3 && levels[1].equals("p2p") && !levels[2].isEmpty() ? levels[2] : null;
        return new LoggedMessage(
                7,
                topic,
                topic,
                message.payload(),
                message.qos(),
                message.retain() && target == null,
                target,
                target != null && !message.cleanSession(),
                message.packetId() == 0 ? null : new Reception(message.clientId(), message.packetId()),
                null);
    }

    private static LogRecord stored(QueueMessage message) {
        return new LogRecord(7, 100, message.topic(), 0, 0, 0, 0, message.properties(), message.body());
    }
}
