package isthmus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import isthmus.gateway.harness.TestClient;
import isthmus.gateway.harness.WithGateway;
import isthmus.gateway.session.DisconnectReason;
import isthmus.gateway.spi.LoggedMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue core answers late, or not, or refuses. */
@Tag("integration")
class FaultyLogTest extends WithGateway {
    private static final int MOST_PENDING = 1024;

    private final List<CompletableFuture<Void>> answers = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aPublisherWhoseMessageIsRefusedIsDisconnectedAndItsNextTrySucceeds(int qos) {
        gateway.log.refuse(1);
        TestClient publisher = connected(A, false);
        publisher.publish("T/x", qos, qos == 0 ? 0 : 9, "refused", false, false);
        publisher.expectClosed();
        assertThat(gateway.log.records()).isEmpty();
        assertThat(disconnects(DisconnectReason.APPEND_FAILED)).isEqualTo(1);

        try (TestClient again = connected(A, false)) {
            again.publish("T/x", qos, qos == 0 ? 0 : 9, "refused", false, qos > 0);
            expectAnswers(again, qos, 9);
        }
        assertThat(gateway.log.records()).extracting(LoggedMessage::topic).containsExactly("T/x");
    }

    @Test
    void aRefusalThatComesLateEndsTheConnectionWithoutAcknowledgingWhatCameAfterIt() {
        answerLate();
        TestClient publisher = connected(A, true);
        for (int id = 1; id <= 3; id++) {
            publisher.publish("T/x", 1, id, "m" + id);
        }
        await().until(() -> answers.size() == 3);
        answers.get(2).complete(null);
        answers.get(1).complete(null);
        answers.get(0).completeExceptionally(new IllegalStateException("the disk is full"));
        publisher.expectClosed();
        assertThat(publisher.received()).isZero();
        assertThat(disconnects(DisconnectReason.APPEND_FAILED)).isEqualTo(1);
    }

    @Test
    void aLogThatDoesNotAnswerIsNotAskedForMoreThanAThousandMessagesOfOneClientAndOthersAreServed() {
        answerLate();
        int sent = 3 * MOST_PENDING;
        try (TestClient publisher = connected(A, true);
                TestClient other = connected(B, true)) {
            for (int id = 1; id <= sent; id++) {
                publisher.publish("T/x", 1, id, "m");
            }
            await().until(() -> answers.size() == MOST_PENDING);
            other.expectNothing();
            assertThat(answers).hasSize(MOST_PENDING);
            gateway.log.outcome(stored -> stored);
            answers.forEach(answer -> answer.complete(null));
            for (int id = 1; id <= sent; id++) {
                publisher.expect(MqttMessageType.PUBACK, id);
            }
        }
        assertThat(gateway.log.records()).hasSize(sent);
    }

    @Test
    void anAnswerThatComesAfterATakeoverAcknowledgesNothingOnTheNewConnection() {
        answerLate();
        TestClient first = connected(A, false);
        first.publish("T/x", 1, 1, "x");
        await().until(() -> answers.size() == 1);
        try (TestClient second = connected(A, false)) {
            first.expectClosed();
            answers.get(0).complete(null);
            second.expectNothing();
        }
    }

    @Test
    void aQos2MessageThatIsRepeatedWhileTheLogIsSlowIsTakenOnce() {
        answerLate();
        TestClient first = connected(A, false);
        first.publish("T/x", 2, 5, "x", false, false);
        await().until(() -> answers.size() == 1);
        try (TestClient second = connected(A, false)) {
            first.expectClosed();
            second.publish("T/x", 2, 5, "x", false, true);
            second.expectNothing();
            answers.get(0).complete(null);
            expectAnswers(second, 2, 5);
        }
        assertThat(gateway.log.records()).hasSize(1);
    }

    @Test
    void aWillThatTheLogRefusesIsCountedAndHarmsNobody() {
        TestClient lost = gateway.client();
        lost.connect(A, true, connect -> connect.willFlag(true)
                .willTopic("T/will")
                .willQoS(MqttQoS.AT_LEAST_ONCE)
                .willMessage("gone".getBytes(StandardCharsets.UTF_8)));
        gateway.log.refuse(1);
        lost.close();
        await().until(() -> gateway.gateway().counters().willsFailed() == 1);
        try (TestClient again = connected(A, true)) {
            again.publish("T/x", 1, 1, "x");
            again.expect(MqttMessageType.PUBACK, 1);
        }
    }

    private void answerLate() {
        gateway.log.outcome(stored -> {
            CompletableFuture<Void> answer = new CompletableFuture<>();
            answers.add(answer);
            return answer;
        });
    }

    private static void expectAnswers(TestClient publisher, int qos, int packetId) {
        if (qos == 1) {
            publisher.expect(MqttMessageType.PUBACK, packetId);
        } else if (qos == 2) {
            publisher.expect(MqttMessageType.PUBREC, packetId);
            publisher.ack(MqttMessageType.PUBREL, packetId);
            publisher.expect(MqttMessageType.PUBCOMP, packetId);
        }
        publisher.expectNothing();
    }

    private long disconnects(DisconnectReason reason) {
        return gateway.gateway().counters().disconnects(reason);
    }
}
