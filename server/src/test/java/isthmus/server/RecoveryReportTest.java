package isthmus.server;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.gateway.MqttGateway;
import isthmus.queue.embedded.LogRecovery;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecoveryReportTest {
    @Test
    void saysWhatWasRebuiltInOneLine() {
        assertThat(RecoveryReport.text(
                        new LogRecovery(true, 1_000_000, 123_456),
                        new MqttGateway.Recovery(12, 3_214),
                        Duration.ofMillis(1_840)))
                .isEqualTo(
                        "Recovered: 1,000,000 messages in the log, 123,456 of them checked again, 3,214 routed again;"
                                + " 12 stored sessions; ready after 1.8 s");
    }
}
