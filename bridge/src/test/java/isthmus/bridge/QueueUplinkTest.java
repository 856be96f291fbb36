package isthmus.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.PublishedMessage;
import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.UnstorableMessage;
import isthmus.queue.api.AppendException;
import isthmus.queue.api.TraceContext;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueUplinkTest {
    private final FakeQueueCore queue = new FakeQueueCore("T");
    private final BridgeMetrics metrics = new BridgeMetrics();
    private final QueueUplink uplink = new QueueUplink(queue, TraceSettings.off(), metrics);

    @Test
    void aMessageStoredAtOnceIsCompleteOnReturn() {
        CompletionStage<Void> stage = publish("T/x");
        assertThat(stage.toCompletableFuture()).isCompletedWithValue(null);
        assertThat(queue.messages()).hasSize(1);
        assertThat(metrics.value(BridgeCounter.UPLINK_STORED)).isEqualTo(1);
    }

    @Test
    void aMessageIsCompleteOnlyWhenTheLogHasIt() {
        queue.hold();
        CompletionStage<Void> stage = publish("T/x");
        boolean[] told = {false};
        stage.whenComplete((nothing, failure) -> told[0] = failure == null);
        assertThat(told[0]).isFalse();
        assertThat(metrics.value(BridgeCounter.UPLINK_STORED)).isZero();

        queue.letGo();
        assertThat(told[0]).isTrue();
        assertThat(metrics.value(BridgeCounter.UPLINK_STORED)).isEqualTo(1);
    }

    @Test
    void aRefusedMessageFailsWithTheReasonOfTheLog() {
        assertHopeless(publish("Unknown/x"), AppendException.Reason.UNKNOWN_TOPIC);

        queue.hold();
        queue.refuse(AppendException.Reason.FLUSH_TIMEOUT);
        CompletionStage<Void> later = publish("T/x");
        queue.letGo();
        assertRefused(later, AppendException.Reason.FLUSH_TIMEOUT);
        assertThat(metrics.value(BridgeCounter.UPLINK_FAILED)).isEqualTo(2);
        assertThat(metrics.value(BridgeCounter.UPLINK_STORED)).isZero();
    }

    @Test
    void aTopicThatCannotBeStoredFailsWithASentenceAndWithoutThePayload() {
        CompletionStage<Void> stage = publish("T/\u0001");
        assertHopeless(stage, AppendException.Reason.MESSAGE_ILLEGAL);
        assertThatThrownBy(() -> stage.toCompletableFuture().join())
                .hasMessageContaining("GID_A@@@1")
                .hasMessageContaining("control characters")
                .hasMessageNotContaining("secret");
        assertThat(queue.messages()).isEmpty();
    }

    @Test
    void aMessageBeginsATraceOnlyWhenThatIsWished() {
        publish("T/x");
        QueueUplink tracing = new QueueUplink(queue, new TraceSettings(true, 1), metrics);
        tracing.publish(message("T/x"));
        tracing.publish(message("T/x"));

        assertThat(queue.messages().get(0).properties().get("traceparent")).isNull();
        String first = queue.messages().get(1).properties().get("traceparent");
        assertThat(first).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(queue.messages().get(2).properties().get("traceparent")).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTraceThatCameWithTheMessageGoesOn(boolean enabled) {
        TraceContext trace = new TraceContext("00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-00", "vendor=1");
        new QueueUplink(queue, new TraceSettings(enabled, 1), metrics).publish(message("T/x"), trace);

        assertThat(queue.messages().get(0).properties().get("traceparent")).isEqualTo(trace.parent());
        assertThat(queue.messages().get(0).properties().get("tracestate")).isEqualTo("vendor=1");
    }

    private CompletionStage<Void> publish(String topic) {
        return uplink.publish(message(topic));
    }

    private static PublishedMessage message(String topic) {
        Payload payload = Payload.wrap("secret".getBytes(StandardCharsets.UTF_8));
        return new PublishedMessage("GID_A@@@1", true, topic, payload, QoS.AT_LEAST_ONCE, false);
    }

    private static void assertRefused(CompletionStage<Void> stage, AppendException.Reason reason) {
        assertThatThrownBy(() -> stage.toCompletableFuture().join())
                .cause()
                .isInstanceOfSatisfying(AppendException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }

    /** Nobody needs to try again. */
    private static void assertHopeless(CompletionStage<Void> stage, AppendException.Reason reason) {
        assertThatThrownBy(() -> stage.toCompletableFuture().join())
                .cause()
                .isInstanceOf(UnstorableMessage.class)
                .cause()
                .isInstanceOfSatisfying(AppendException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }
}
