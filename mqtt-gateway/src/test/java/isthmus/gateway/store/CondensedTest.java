package isthmus.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.gateway.spi.QoS;
import isthmus.gateway.spi.StoreChange;
import isthmus.gateway.spi.StoreChange.CursorMoved;
import isthmus.gateway.spi.StoreChange.InFlightAdded;
import isthmus.gateway.spi.StoreChange.InFlightDone;
import isthmus.gateway.spi.StoreChange.InFlightReleased;
import isthmus.gateway.spi.StoreChange.SessionLeft;
import java.util.List;
import org.junit.jupiter.api.Test;

class CondensedTest {
    private static final StoreChange SENT = new InFlightAdded("a", 1, 100, QoS.AT_LEAST_ONCE);
    private static final StoreChange SENT_NEXT = new InFlightAdded("a", 1, 200, QoS.AT_LEAST_ONCE);
    private static final StoreChange SENT_BY_OTHER = new InFlightAdded("b", 1, 100, QoS.AT_LEAST_ONCE);
    private static final StoreChange DONE = new InFlightDone("a", 1);

    @Test
    void nothingIsLeftOfAMessageThatWasSentAndAcknowledged() {
        assertThat(Condensed.of(List.of(SENT, SENT_BY_OTHER, DONE))).containsExactly(SENT_BY_OTHER);
    }

    @Test
    void anAcknowledgementOfWhatIsStoredAlreadyStays() {
        assertThat(Condensed.of(List.of(DONE, SENT_NEXT, DONE))).containsExactly(DONE);
        assertThat(Condensed.of(List.of(DONE, SENT_NEXT))).containsExactly(DONE, SENT_NEXT);
    }

    @Test
    void theThreeStepsOfAQos2MessageAllStay() {
        List<StoreChange> steps = List.of(
                new InFlightAdded("a", 2, 100, QoS.EXACTLY_ONCE),
                new InFlightReleased("a", 2),
                new InFlightDone("a", 2));
        assertThat(Condensed.of(steps)).isEqualTo(steps);
    }

    @Test
    void onlyTheLastPlaceOfACursorIsLeft() {
        StoreChange last = new CursorMoved("a", 300);
        StoreChange other = new CursorMoved("b", 100);
        StoreChange left = new SessionLeft("a", 1);
        assertThat(Condensed.of(List.of(new CursorMoved("a", 100), other, new CursorMoved("a", 200), left, last)))
                .containsExactly(other, left, last);
    }
}
