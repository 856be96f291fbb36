package isthmus.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.gateway.harness.Normative;
import isthmus.gateway.spi.QoS;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutboundWindowTest {
    private final OutboundWindow window = new OutboundWindow(65_535);

    private int add(QoS qos) {
        return window.add(1, qos, false, null).packetId();
    }

    @Test
    @Normative("MQTT-2.3.1-4")
    void anIdentifierIsUsedAgainOnlyWhenItIsFree() {
        int held = add(QoS.AT_LEAST_ONCE);
        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < 65_534; i++) {
            int id = add(QoS.AT_LEAST_ONCE);
            assertThat(id).isBetween(1, 65_535).isNotEqualTo(held);
            used.add(id);
        }
        assertThat(used).hasSize(65_534);
        assertThat(window.hasRoom()).isFalse();
        window.acknowledged(777);
        assertThat(add(QoS.EXACTLY_ONCE)).isEqualTo(777);
    }

    @Test
    void eachAcknowledgementFitsItsLevelAndStep() {
        int one = add(QoS.AT_LEAST_ONCE);
        int two = add(QoS.EXACTLY_ONCE);
        assertThat(window.received(one)).as("PUBREC for QoS 1").isNull();
        assertThat(window.acknowledged(two)).as("PUBACK for QoS 2").isNull();
        assertThat(window.completed(two)).as("PUBCOMP before PUBREC").isNull();
        assertThat(window.received(two)).isNotNull();
        assertThat(window.received(two)).as("PUBREC twice").isNull();
        assertThat(window.completed(two)).isNotNull();
        assertThat(window.acknowledged(one)).isNotNull();
        assertThat(window.size()).isZero();
    }

    @Test
    @Normative("MQTT-4.6.0-1")
    void theOrderOfFirstSendingIsKept() {
        int a = add(QoS.EXACTLY_ONCE);
        int b = add(QoS.AT_LEAST_ONCE);
        window.received(a);
        int c = add(QoS.EXACTLY_ONCE);
        assertThat(window.entries()).extracting(OutboundWindow.Entry::packetId).containsExactly(a, b, c);
    }
}
