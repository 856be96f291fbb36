package isthmus.gateway.topics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNamesTest {
    @Test
    void theParentTopicIsTheFirstLevel() {
        assertThat(TopicNames.parentOf("Telemetry")).isEqualTo("Telemetry");
        assertThat(TopicNames.parentOf("Telemetry/a/b")).isEqualTo("Telemetry");
        assertThat(TopicNames.parentOf("/a")).isEmpty();
    }

    @Test
    void aP2pNameAddressesOneClient() {
        assertThat(TopicNames.p2pTarget("T/p2p/GID_A@@@d1")).isEqualTo("GID_A@@@d1");
        assertThat(TopicNames.p2pTarget("T/p2p/GID_A@@@site/d1")).isEqualTo("GID_A@@@site/d1");
        assertThat(TopicNames.p2pTarget(TopicNames.p2p("T", "GID_A@@@d1"))).isEqualTo("GID_A@@@d1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"T", "T/p2p", "T/p2p/", "T/a/p2p/GID_A@@@d1", "p2p/GID_A@@@d1", "T/p2pX/d", "T/P2P/d", "p2p/"})
    void p2pIsSpecialAsTheSecondOfThreeLevelsOnly(String topic) {
        assertThat(TopicNames.p2pTarget(topic)).isNull();
    }
}
