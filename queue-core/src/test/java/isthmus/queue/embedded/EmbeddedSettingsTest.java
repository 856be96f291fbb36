package isthmus.queue.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EmbeddedSettingsTest {
    private static final EmbeddedSettings DEFAULTS = EmbeddedSettings.in(Path.of("data"));

    @Test
    void theDefaultsAreRocketMqsPortsOnLoopback() {
        assertThat(DEFAULTS.host()).isEqualTo("127.0.0.1");
        assertThat(DEFAULTS.nameServerPort()).isEqualTo(9876);
        assertThat(DEFAULTS.brokerPort()).isEqualTo(10911);
        assertThat(DEFAULTS.retentionHours()).isEqualTo(72);
    }

    @Test
    void portsAreBounded() {
        assertThatThrownBy(() -> DEFAULTS.withPorts(65_536, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("queue.embedded.nameServerPort: 65536 (expected: 0..65535)");
        assertThatThrownBy(() -> DEFAULTS.withPorts(0, 2)).hasMessageStartingWith("queue.embedded.brokerPort: 2");
    }

    @Test
    void thePortsMustNotCollide() {
        assertThatThrownBy(() -> DEFAULTS.withPorts(5000, 5000)).hasMessageContaining("nameServerPort: 5000");
        assertThatThrownBy(() -> DEFAULTS.withPorts(5000, 5002)).hasMessageContaining("brokerPort - 2");
    }

    @Test
    void aFileOfTheLogMustHoldTheLargestMessage() {
        assertThatThrownBy(() -> DEFAULTS.withSizes(4 << 20, 4 << 20))
                .hasMessageStartingWith("queue.embedded.logFileBytes: 4194304");
    }
}
