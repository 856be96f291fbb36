package isthmus.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.gateway.spi.LoggedMessage;
import isthmus.gateway.spi.Payload;
import isthmus.gateway.spi.QoS;
import org.junit.jupiter.api.Test;

class LiveQueueTest {
    private final LiveQueue queue = new LiveQueue(2);

    private boolean offer(long position, QoS qos) {
        return queue.offer(
                Outgoing.fromLog(new LoggedMessage(position, "T", "T", Payload.empty(), qos, false, null, false), qos),
                position);
    }

    @Test
    void aFullQueueFallsBehindAndKeepsItsPlace() {
        queue.startAt(9);
        offer(10, QoS.AT_LEAST_ONCE);
        offer(20, QoS.AT_LEAST_ONCE);
        assertThat(queue.isBehind()).isFalse();
        offer(30, QoS.AT_LEAST_ONCE);
        assertThat(queue.isBehind()).isTrue();
        assertThat(queue.queuedUpTo()).isEqualTo(20);
        assertThat(queue.resumeAt()).as("the first record missed").isEqualTo(30);
        offer(40, QoS.AT_LEAST_ONCE);
        assertThat(queue.resumeAt()).isEqualTo(30);
    }

    @Test
    void whatComesWhileBehindIsReadFromTheLogEvenIfThereIsRoomAgain() {
        queue.startAt(9);
        offer(10, QoS.AT_LEAST_ONCE);
        offer(20, QoS.AT_LEAST_ONCE);
        offer(30, QoS.AT_LEAST_ONCE);
        queue.remove();
        queue.remove();
        offer(40, QoS.AT_LEAST_ONCE);
        assertThat(queue.peek()).isNull();
        queue.caughtUp(39);
        assertThat(queue.isBehind()).as("40 was not read").isTrue();
        queue.caughtUp(49);
        assertThat(queue.isBehind()).isFalse();
        offer(40, QoS.AT_LEAST_ONCE);
        assertThat(queue.peek()).as("read already").isNull();
        offer(50, QoS.AT_LEAST_ONCE);
        assertThat(queue.peek()).isNotNull();
    }

    @Test
    void whatTheFeedDidNotOfferIsReadFromTheLog() {
        queue.startAt(9);
        offer(10, QoS.AT_LEAST_ONCE);
        Missed missed = new Missed(20);
        assertThat(missed.extend(30)).isTrue();
        queue.missed(missed.first(), missed.take());
        assertThat(missed.extend(40)).as("it was taken").isFalse();
        offer(40, QoS.AT_LEAST_ONCE);
        assertThat(queue.isBehind()).isTrue();
        assertThat(queue.resumeAt()).isEqualTo(20);
        assertThat(queue.peek()).as("10 was offered").isNotNull();
        queue.remove();
        assertThat(queue.peek()).isNull();
        queue.caughtUp(39);
        assertThat(queue.isBehind()).as("40 was not read").isTrue();
        queue.caughtUp(49);
        queue.missed(20, 40);
        assertThat(queue.isBehind()).as("all of it was read").isFalse();
    }

    @Test
    void onlyQos0IsDropped() {
        queue.startAt(0);
        assertThat(offer(10, QoS.AT_MOST_ONCE)).isTrue();
        assertThat(offer(20, QoS.AT_MOST_ONCE)).isTrue();
        assertThat(offer(30, QoS.AT_MOST_ONCE)).isFalse();
        assertThat(queue.isBehind()).as("a dropped message is not read again").isFalse();
        assertThat(offer(40, QoS.AT_LEAST_ONCE)).isTrue();
        assertThat(queue.isBehind()).isTrue();
    }

    @Test
    void qos0MessagesWaitUntilASessionThatStartedBehindHasReadOnce() {
        queue.startBehind(5);
        assertThat(offer(10, QoS.AT_MOST_ONCE)).isTrue();
        offer(20, QoS.AT_LEAST_ONCE);
        queue.caughtUp(9);
        assertThat(queue.isBehind()).isTrue();
        assertThat(offer(30, QoS.AT_MOST_ONCE)).as("slow by itself from now on").isFalse();
        assertThat(queue.peek()).isNotNull();
    }

    @Test
    void aSessionThatStartsBehindTakesNothingFromTheFeedUntilItHasRead() {
        queue.startBehind(5);
        offer(10, QoS.AT_LEAST_ONCE);
        assertThat(queue.peek()).isNull();
        queue.caughtUp(19);
        assertThat(queue.isBehind()).isFalse();
    }
}
